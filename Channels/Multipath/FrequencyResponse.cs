using Simulator;
using static TorchSharp.torch;

namespace Channels.Multipath;

/// <summary>Renders paths to subcarriers: H[k] = Σ_p α_p e_r(Ω'_p) e_t(Ω_p)ᵀ e^{-j2πf_kτ_p} with f_k = f_c - B/2 + k·B/S.</summary>
internal static class FrequencyResponse
{
    // Grid points and steered paths that stay in a core's cache.
    private const long NumbersAtOnce = 1 << 19;
    // Up to here the plain sum costs less than a Fourier transform of the whole band.
    private const int FewPaths = 96;

    /// <summary>Renders the channels of all users.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="link">Antennas and carrier.</param>
    /// <param name="grid">Subcarriers.</param>
    /// <returns>H, complex64 <c>[B, T, U, S, R, A]</c>.</returns>
    public static Tensor Render(Paths paths, ArrayLink link, ResourceGrid grid)
    {
        using var scope = NewDisposeScope();
        var subcarriers = grid.Subcarriers;
        var fast = new NonuniformTransform(subcarriers, paths.Delays.device);
        var direct = new DirectTransform(subcarriers, paths.Delays.device);
        var middle = subcarriers / 2 * grid.SubcarrierSpacing - grid.Bandwidth / 2;
        var columns = link.ReceiveAntennas * link.Transmit.Ports;
        var blocks = new PathBlocks(NumbersAtOnce, fast.NumbersPerPath * columns, fast.NumbersPerColumn * columns);
        var rendered = blocks.Map(link.Waves(paths), block =>
        {
            var (turns, weights) = (block.Delays * grid.SubcarrierSpacing, link.Steering(block, middle));
            return turns.shape[1] <= FewPaths ? direct.Evaluate(turns, weights) : fast.Evaluate(turns, weights);   // [N, S, R·A]
        });
        long[] shape = [.. paths.Delays.shape[..3], subcarriers, link.ReceiveAntennas, link.Transmit.Ports];
        return rendered.reshape(shape).MoveToOuterDisposeScope();
    }
}
