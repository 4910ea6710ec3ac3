using Feedback.Coding;
using Feedback.SparsePaths;

namespace Feedback.SparseHybrid;

/// <summary>What networks expect of the next path of one report.</summary>
internal sealed class AttentionPrior : IPathPrior
{
    private const uint Total = 1 << 16;
    private readonly PathAttention networks;
    private readonly PhaseTable phases;
    private readonly FrequencyTable first;
    private readonly double step;
    private readonly PlaceScores places;

    /// <summary>Prepares for messages of one step, one at a time.</summary>
    /// <param name="networks">The networks.</param>
    /// <param name="phases">Phases beside that of the nearest path.</param>
    /// <param name="first">Magnitudes of the first path.</param>
    /// <param name="step">The step.</param>
    public AttentionPrior(PathAttention networks, PhaseTable phases, FrequencyTable first, double step)
    {
        (this.networks, this.phases, this.first, this.step) = (networks, phases, first, step);
        places = new PlaceScores(networks, keep: false);
    }

    /// <inheritdoc/>
    public int PassBucket(SymbolPort port, IReadOnlyList<CodedPath> earlier, int bucket)
    {
        if (earlier.Count == 0)
            return port.Pass(first, bucket);
        Span<int> rows = stackalloc int[PathFeatures.MagnitudeLength];
        networks.Features.BeforeMagnitude(earlier, step, rows);
        Span<float> hidden = stackalloc float[networks.Magnitudes.Width];
        Span<float> scores = stackalloc float[Magnitude.Buckets];
        networks.Magnitudes.Forward(rows, hidden, scores);
        Span<double> probabilities = stackalloc double[Magnitude.Buckets];
        PathAttention.Normalise(scores, probabilities);
        Span<uint> frequencies = stackalloc uint[Magnitude.Buckets];
        for (var i = 0; i < frequencies.Length; i++)
            frequencies[i] = 1 + (uint)(probabilities[i] * (Total - frequencies.Length));
        return port.Pass(frequencies, bucket);
    }

    /// <inheritdoc/>
    public void Weigh(IReadOnlyList<CodedPath> earlier, int bucket, Span<double> weights) => places.Weigh(earlier, bucket, weights);

    /// <inheritdoc/>
    public int PassPhase(SymbolPort port, IReadOnlyList<CodedPath> earlier, CodedPath path, int component, int phase)
    {
        var (nearest, squared) = networks.Features.Nearest(earlier, earlier.Count, path);
        return phases.Pass(port, nearest < 0 ? null : earlier[nearest], squared, path, component, phase);
    }
}
