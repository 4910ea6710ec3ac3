using Simulator;
using static TorchSharp.torch;

namespace Channels.Multipath;

/// <summary>Renders paths straight into the first delay rows of the angle domain: no subcarrier is ever computed.</summary>
/// <remarks>
/// G = Σ_p α_p a(τ_p) b(Ω_p)ᵀ with a, b Dirichlet kernels; since a = 1 + j·cot up to a factor of the path, the sum is one real matrix product.
/// Equals <see cref="AngularDelayTransform.Crop"/> of <see cref="FrequencyResponse"/> to float32's rounding.
/// </remarks>
internal static class AngularDelayResponse
{
    // Rows of cotangents that stay in a core's cache.
    private const long PathsAtOnce = 8192;

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
        var rendered = PathBlocks.Map(paths, PathsAtOnce, block =>
        {
            var (delayFactor, delayCotangent) = delayKernel.Evaluate(block.Delays * grid.Bandwidth);          // [N, P, D]
            var weights = link.CarrierGains(block, -grid.Bandwidth / 2) * delayFactor;                            // [N, P]
            var right = link.AngularSteering(block, weights, firstKernel, secondKernel);                     // [N, P, R·A]
            var parts = view_as_real(right).flatten(-2);                                                     // [N, P, 2·R·A]
            var slope = delayCotangent.transpose(1, 2).bmm(parts).reshape(parts.shape[0], delays, -1, 2);    // [N, D, R·A, 2]
            var (real, imaginary) = (slope.select(-1, 0), slope.select(-1, 1));
            return complex(-imaginary, real) + right.sum(1, keepdim: true);
        });
        long[] shape = [.. paths.Delays.shape[..3], delays, link.ReceiveAntennas, link.Transmit.Ports];
        return rendered.reshape(shape).MoveToOuterDisposeScope();
    }
}
