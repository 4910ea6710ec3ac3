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
    private readonly float[] hidden;
    private readonly float[] scores;

    /// <summary>Prepares for messages of one step, one at a time.</summary>
    /// <param name="networks">The networks.</param>
    /// <param name="phases">Phases beside that of the nearest path.</param>
    /// <param name="first">Magnitudes of the first path.</param>
    /// <param name="step">The step.</param>
    public AttentionPrior(PathAttention networks, PhaseTable phases, FrequencyTable first, double step)
    {
        (this.networks, this.phases, this.first, this.step) = (networks, phases, first, step);
        hidden = new float[Math.Max(networks.Magnitudes.Width, Math.Max(networks.Places.Width, networks.Paths.Width))];
        scores = new float[PathAttention.Densities + PathAttention.Kernels * PathModel.MostPaths];
    }

    /// <inheritdoc/>
    public int PassBucket(SymbolPort port, IReadOnlyList<CodedPath> earlier, int bucket)
    {
        if (earlier.Count == 0)
            return port.Pass(first, bucket);
        Span<int> rows = stackalloc int[PathFeatures.MagnitudeLength];
        networks.Features.BeforeMagnitude(earlier, step, rows);
        var found = scores.AsSpan(0, Magnitude.Buckets);
        networks.Magnitudes.Forward(rows, hidden.AsSpan(0, networks.Magnitudes.Width), found);
        Span<double> probabilities = stackalloc double[Magnitude.Buckets];
        PathAttention.Normalise(found, probabilities);
        Span<uint> frequencies = stackalloc uint[Magnitude.Buckets];
        for (var i = 0; i < frequencies.Length; i++)
            frequencies[i] = 1 + (uint)(probabilities[i] * (Total - frequencies.Length));
        return port.Pass(frequencies, bucket);
    }

    /// <inheritdoc/>
    public void Weigh(IReadOnlyList<CodedPath> earlier, int bucket, Span<double> weights)
    {
        var found = scores.AsSpan(0, weights.Length);
        Span<int> rows = stackalloc int[PathFeatures.KeyLength];
        PathFeatures.Query(earlier, bucket, rows);
        networks.Places.Forward(rows[..PathFeatures.QueryLength], hidden.AsSpan(0, networks.Places.Width), found[..PathAttention.Densities]);
        Span<int> neighbours = stackalloc int[earlier.Count];
        networks.Features.Neighbours(earlier, neighbours);
        for (var path = 0; path < earlier.Count; path++)
        {
            networks.Features.Key(earlier, path, neighbours[path], bucket, rows);
            networks.Paths.Forward(rows, hidden.AsSpan(0, networks.Paths.Width), found.Slice(PathAttention.Densities + path * PathAttention.Kernels, PathAttention.Kernels));
        }
        PathAttention.Normalise(found, weights);
    }

    /// <inheritdoc/>
    public int PassPhase(SymbolPort port, IReadOnlyList<CodedPath> earlier, CodedPath path, int component, int phase)
    {
        var (nearest, squared) = networks.Features.Nearest(earlier, earlier.Count, path);
        return phases.Pass(port, nearest < 0 ? null : earlier[nearest], squared, path, component, phase);
    }
}
