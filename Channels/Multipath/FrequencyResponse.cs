using Simulator;
using static TorchSharp.torch;

namespace Channels.Multipath;

/// <summary>Renders paths to subcarriers: H[k] = Σ_p α_p e_r(Ω'_p) e_t(Ω_p)ᵀ e^{-j2πf_kτ_p} with f_k = f_c - B/2 + k·B/S.</summary>
internal static class FrequencyResponse
{
    private const long PathsAtOnce = 1024;

    /// <summary>Renders the channels of all users.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="link">Antennas and carrier.</param>
    /// <param name="grid">Subcarriers and slots; paths that do not move are repeated in every slot.</param>
    /// <returns>H, complex64 <c>[B, T, U, S, R, A]</c>.</returns>
    public static Tensor Render(Paths paths, ArrayLink link, ResourceGrid grid)
    {
        using var scope = NewDisposeScope();
        var subcarriers = grid.Subcarriers;
        var fineCount = (int)Math.Ceiling(Math.Sqrt(subcarriers));
        var coarseCount = (subcarriers + fineCount - 1) / fineCount;
        var fine = arange(fineCount, dtype: ScalarType.Float64, device: paths.Delays.device).mul(grid.SubcarrierSpacing).unsqueeze(-1);
        var coarse = arange(coarseCount, dtype: ScalarType.Float64, device: paths.Delays.device).mul(grid.SubcarrierSpacing * fineCount).unsqueeze(-1);
        var rendered = PathBlocks.Map(paths, PathsAtOnce, block =>
        {
            var delays = block.Delays.unsqueeze(1);                                                          // [N, 1, P]
            var finePhases = ArrayLink.Phasor(delays * fine).to(ScalarType.ComplexFloat32).unsqueeze(1);
            var coarsePhases = ArrayLink.Phasor(delays * coarse).to(ScalarType.ComplexFloat32).unsqueeze(2);
            var phases = (coarsePhases * finePhases).flatten(1, 2).narrow(1, 0, subcarriers);                // [N, S, P]
            return phases.bmm(link.Steering(block, link.CarrierGains(block, grid.Bandwidth)));               // [N, S, R·A]
        });
        long[] shape = [.. paths.Delays.shape[..3], subcarriers, link.ReceiveAntennas, link.Transmit.Ports];
        return rendered.reshape(shape).MoveToOuterDisposeScope();
    }
}
