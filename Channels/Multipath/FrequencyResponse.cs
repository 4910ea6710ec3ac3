using Simulator;
using static TorchSharp.torch;

namespace Channels.Multipath;

/// <summary>Renders paths to subcarriers: H[k] = Σ_p α_p e_r(Ω'_p) e_t(Ω_p)ᵀ e^{-j2πf_kτ_p} with f_k = f_c - B/2 + k·B/S.</summary>
internal static class FrequencyResponse
{
    private const long PathsAtOnce = 2048;

    /// <summary>Renders the channels of all users.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="link">Antennas and carrier.</param>
    /// <param name="grid">Subcarriers.</param>
    /// <returns>H, complex64 <c>[B, T, U, S, R, A]</c>.</returns>
    public static Tensor Render(Paths paths, ArrayLink link, ResourceGrid grid)
    {
        using var scope = NewDisposeScope();
        var subcarriers = grid.Subcarriers;
        var transform = new NonuniformTransform(subcarriers, paths.Delays.device);
        var middle = subcarriers / 2 * grid.SubcarrierSpacing - grid.Bandwidth / 2;
        var rendered = PathBlocks.Map(paths, PathsAtOnce, block =>
        {
            var weights = link.Steering(block, link.CarrierGains(block, middle));                            // [N, P, R·A]
            return transform.Evaluate(block.Delays * grid.SubcarrierSpacing, weights);                       // [N, S, R·A]
        });
        long[] shape = [.. paths.Delays.shape[..3], subcarriers, link.ReceiveAntennas, link.Transmit.Ports];
        return rendered.reshape(shape).MoveToOuterDisposeScope();
    }
}
