using Simulator;
using static TorchSharp.torch;

namespace Channels.Multipath;

/// <summary>Renders paths straight into the first delay rows of the angle domain: no subcarrier is ever computed.</summary>
/// <remarks>
/// G = Σ_p α_p a(τ_p) b(Ω_p)ᵀ with a, b Dirichlet kernels; since a = 1 + j·cot up to a factor of the path, the sum is two real matrix products.
/// Equals <see cref="AngularDelayTransform.Crop"/> of <see cref="FrequencyResponse"/> to float32's rounding.
/// </remarks>
internal static class AngularDelayResponse
{
    // Rows of cotangents that stay in a core's cache.
    private const long NumbersAtOnce = 1 << 19;

    /// <summary>Renders the crops of all users.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="link">Antennas and carrier.</param>
    /// <param name="grid">Subcarriers.</param>
    /// <param name="delays">D, delay rows kept.</param>
    /// <returns>G, complex64 <c>[B, T, U, D, R, A]</c>.</returns>
    public static Tensor Render(Paths paths, ArrayLink link, ResourceGrid grid, int delays)
    {
        using var scope = NewDisposeScope();
        var device = paths.Delays.device;
        var delayKernel = new DirichletKernel(grid.Subcarriers, delays, device);
        var firstKernel = new DirichletKernel(link.Transmit.First, link.Transmit.First, device);
        var secondKernel = new DirichletKernel(link.Transmit.Second, link.Transmit.Second, device);
        var columns = link.ReceiveAntennas * link.Transmit.Ports;
        var blocks = new PathBlocks(NumbersAtOnce, delays + 2 * columns, 2 * delays * columns);
        var rendered = blocks.Map(link.Waves(paths), block =>
        {
            var delay = delayKernel.Evaluate(block.Delays * grid.Bandwidth);
            var (real, imaginary) = link.AngularSteering(block, delay, grid.Bandwidth, firstKernel, secondKernel);     // [N, R·A, P]
            // Σ_p (1 + j·cot)·(x + jy)
            var realPart = real.sum(-1).unsqueeze(1) - delay.Cotangents.bmm(imaginary.transpose(1, 2));             // [N, D, R·A]
            var imaginaryPart = imaginary.sum(-1).unsqueeze(1) + delay.Cotangents.bmm(real.transpose(1, 2));
            return complex(realPart, imaginaryPart);
        });
        long[] shape = [.. paths.Delays.shape[..3], delays, link.ReceiveAntennas, link.Transmit.Ports];
        return rendered.reshape(shape).MoveToOuterDisposeScope();
    }
}
