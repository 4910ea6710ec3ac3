using Channels.Multipath;
using static TorchSharp.torch;

namespace Channels;

/// <summary>The figures by which channels are described: gain, delay spread, angular spread and compaction, each per drop, slot and user.</summary>
public static class ChannelStatistics
{
    /// <summary>Total power gain, Σ_p |α_p|².</summary>
    /// <param name="paths">The paths.</param>
    /// <returns>Linear, float64 <c>[B, T, U]</c>.</returns>
    public static Tensor PowerGain(Paths paths)
    {
        using var scope = NewDisposeScope();
        return Powers(paths).sum(-1).MoveToOuterDisposeScope();
    }

    /// <summary>Number of paths with a gain other than 0.</summary>
    /// <param name="paths">The paths.</param>
    /// <returns>Int64 <c>[B, T, U]</c>.</returns>
    public static Tensor PathCount(Paths paths)
    {
        using var scope = NewDisposeScope();
        return (Powers(paths) > 0).sum(-1).MoveToOuterDisposeScope();
    }

    /// <summary>Effective number of paths, (ΣP)²/ΣP².</summary>
    /// <param name="paths">The paths.</param>
    /// <returns>Float64 <c>[B, T, U]</c>.</returns>
    public static Tensor EffectivePathCount(Paths paths)
    {
        using var scope = NewDisposeScope();
        var powers = Powers(paths);
        return (powers.sum(-1).square() / powers.square().sum(-1)).MoveToOuterDisposeScope();
    }

    /// <summary>Root-mean-square delay spread, the power-weighted standard deviation of the delays.</summary>
    /// <param name="paths">The paths.</param>
    /// <returns>Seconds, float64 <c>[B, T, U]</c>.</returns>
    public static Tensor DelaySpread(Paths paths)
    {
        using var scope = NewDisposeScope();
        var weights = Weights(paths);
        var mean = (weights * paths.Delays).sum(-1, keepdim: true);
        return (weights * (paths.Delays - mean).square()).sum(-1).sqrt().MoveToOuterDisposeScope();
    }

    /// <summary>Circular angular spread √(-2 ln|Σ P e^{jφ}/ΣP|) [TR38901, Annex A].</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="angles">Which angles of them [rad], float64 <c>[B, T, U, P]</c>.</param>
    /// <returns>Radians, float64 <c>[B, T, U]</c>.</returns>
    public static Tensor AngularSpread(Paths paths, Tensor angles)
    {
        using var scope = NewDisposeScope();
        var weights = Weights(paths);
        var (cosine, sine) = ((weights * angles.cos()).sum(-1), (weights * angles.sin()).sum(-1));
        // |mean| is at most 1; rounding may put it a hair above.
        var squared = (cosine.square() + sine.square()).clamp(max: 1.0);
        return (-squared.log()).sqrt().MoveToOuterDisposeScope();
    }

    /// <summary>Share of the channel's energy that lies in its first delay rows.</summary>
    /// <param name="channel">H, complex64 <c>[..., S, R, A]</c>.</param>
    /// <param name="crop">G, its first rows, complex64 <c>[..., D, R, A]</c>.</param>
    /// <returns>Float64 <c>[...]</c>, 0 to 1.</returns>
    public static Tensor EnergyShare(Tensor channel, Tensor crop)
    {
        using var scope = NewDisposeScope();
        return (Energies(crop).sum(-1) / Energies(channel).sum(-1)).MoveToOuterDisposeScope();
    }

    /// <summary>The smallest number of coefficients that hold a share of the crop's energy.</summary>
    /// <param name="crop">G, complex64 <c>[..., D, R, A]</c>.</param>
    /// <param name="share">The share, in (0, 1).</param>
    /// <returns>Int64 <c>[...]</c>.</returns>
    public static Tensor CoefficientsHolding(Tensor crop, double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(share, 1);
        using var scope = NewDisposeScope();
        var energies = Energies(crop);
        var (sorted, _) = energies.topk((int)energies.shape[^1]);
        var held = sorted.cumsum(-1) / sorted.sum(-1, keepdim: true);
        return ((held < share).sum(-1) + 1).MoveToOuterDisposeScope();
    }

    private static Tensor Powers(Paths paths) => view_as_real(paths.Gains).square().sum(-1);

    private static Tensor Weights(Paths paths)
    {
        using var scope = NewDisposeScope();
        var powers = Powers(paths);
        return (powers / powers.sum(-1, keepdim: true)).MoveToOuterDisposeScope();
    }

    private static Tensor Energies(Tensor channel) =>
        view_as_real(channel).to(ScalarType.Float64).square().sum(-1).flatten(-3);
}
