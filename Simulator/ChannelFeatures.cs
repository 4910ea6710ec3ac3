using static TorchSharp.torch;

namespace Simulator;

/// <summary>What metrics compute from the true channel of a block alone, kept until the block is done, so that the points of a block compute it once.</summary>
/// <remarks>For one block on one thread.</remarks>
public sealed class ChannelFeatures : IDisposable
{
    private readonly Dictionary<string, Tensor> known = new(StringComparer.Ordinal);

    /// <summary>A feature.</summary>
    /// <param name="key">What it is, with all that it depends on besides the channel.</param>
    /// <param name="compute">Computes it, in whatever shape, in the current dispose scope.</param>
    /// <returns>The feature <c>[...]</c> as computed, owned by this object; do not write into it.</returns>
    public Tensor Of(string key, Func<Tensor> compute)
    {
        ArgumentNullException.ThrowIfNull(compute);
        if (!known.TryGetValue(key, out var feature))
            known[key] = feature = compute().DetachFromDisposeScope();
        return feature;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var feature in known.Values)
            feature.Dispose();
        known.Clear();
    }
}
