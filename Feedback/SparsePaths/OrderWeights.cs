using Feedback.Fitting;

namespace Feedback.SparsePaths;

/// <summary>Weights that depend on the number of earlier paths alone: one density for the first path and one for all others, and kernels that are alike about every earlier path.</summary>
internal sealed class OrderWeights : IMixtureLearning
{
    /// <summary>Densities of a place: of the first path, and of later ones.</summary>
    public const int Densities = 2;

    /// <summary>Number of kernels of offsets.</summary>
    public const int Kernels = 4;

    private const int Orders = 12;
    private const int Stride = 1 + Kernels;
    private const string WeightsKey = "sparse-paths.weights";
    private readonly float[] shares;
    private readonly double[] counts = new double[Orders * Stride];
    private int order;

    /// <summary>All terms alike.</summary>
    public OrderWeights() => shares = [.. Enumerable.Repeat(1f / Stride, Orders * Stride)];

    private OrderWeights(float[] shares) => this.shares = shares;

    /// <summary>Takes the weights out of a model.</summary>
    public static OrderWeights Of(FittedTables model) => new(model.Reals(WeightsKey));

    /// <summary>Adds the weights to a model.</summary>
    public FittedTables AddTo(FittedTables model) => model.With(WeightsKey, shares, Orders, Stride);

    /// <inheritdoc/>
    public void Weigh(IReadOnlyList<CodedPath> earlier, int bucket, Span<double> weights)
    {
        order = Math.Min(earlier.Count, Orders - 1);
        var set = shares.AsSpan(order * Stride, Stride);
        (weights[0], weights[1]) = earlier.Count == 0 ? (1, 0) : (0, set[0]);
        for (var term = 0; term < Kernels * earlier.Count; term++)
            weights[Densities + term] = set[1 + term % Kernels] / (double)earlier.Count;
    }

    /// <inheritdoc/>
    public void Learn(ReadOnlySpan<double> posterior)
    {
        counts[order * Stride] += posterior[0] + posterior[1];
        for (var term = Densities; term < posterior.Length; term++)
            counts[order * Stride + 1 + (term - Densities) % Kernels] += posterior[term];
    }

    /// <inheritdoc/>
    public void Conclude()
    {
        for (var first = 0; first < counts.Length; first += Stride)
            PositionFit.Normalise(counts.AsSpan(first, Stride), shares.AsSpan(first, Stride), 1);
        Array.Clear(counts);
    }
}
