using Feedback.Coding;

namespace Feedback.SparsePaths;

/// <summary>Counted probabilities of the next path: its magnitude given that of the path before, weights of the mixture by the number of paths, phases all alike.</summary>
internal sealed class CountedPrior : IPathPrior
{
    /// <summary>Number of classes of the number of earlier paths, from one on.</summary>
    public const int Orders = 8;

    private readonly FrequencyTable first;
    private readonly FrequencyTable?[] later;
    private readonly OrderWeights weights;

    /// <summary>Takes tables: first bucket; later ones [order][bucket before], the bucket before being at least 1.</summary>
    public CountedPrior(FrequencyTable first, FrequencyTable?[] later, OrderWeights weights) => (this.first, this.later, this.weights) = (first, later, weights);

    /// <summary>The class of a number of earlier paths.</summary>
    public static int Order(int count) => count switch { <= 4 => count - 1, <= 6 => 4, <= 10 => 5, <= 18 => 6, _ => 7 };

    /// <inheritdoc/>
    public int PassBucket(SymbolPort port, IReadOnlyList<CodedPath> earlier, int bucket) =>
        port.Pass(earlier.Count == 0 ? first : later[Order(earlier.Count) * Magnitude.Buckets + earlier[^1].Bucket]!, bucket);

    /// <inheritdoc/>
    public void Weigh(IReadOnlyList<CodedPath> earlier, int bucket, Span<double> weights) => this.weights.Weigh(earlier, bucket, weights);

    /// <inheritdoc/>
    public int PassPhase(SymbolPort port, IReadOnlyList<CodedPath> earlier, CodedPath path, int component, int phase) =>
        port.PassUniform(PolarQuantizer.Points(path.Rings[component]), phase);
}
