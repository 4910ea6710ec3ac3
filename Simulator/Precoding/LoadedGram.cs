using static TorchSharp.torch;

namespace Simulator.Precoding;

/// <summary>The linear system that zero forcing and its regularised form share.</summary>
internal static class LoadedGram
{
    // Keeps the system regular for identical rows and for more rows than antennas.
    private const double RelativeLoading = 1e-6;

    /// <summary>Solves (G + αI) Wᴴ = H with G = HHᴴ and α = max(K·λ, 1e-6·tr(G)/K), K the number of active rows.</summary>
    /// <remarks>In double precision: the loading is close to the resolution of float32. A zero row is left out of the system.</remarks>
    /// <param name="rows">H, complex64 <c>[..., U, K, A]</c>.</param>
    /// <param name="active">Which rows carry a stream, bool <c>[..., U, K]</c>.</param>
    /// <param name="streamLoading">λ, loading for each active stream, at least 0.</param>
    /// <returns>Wᴴ of any length, complex64 <c>[..., U·K, A]</c>.</returns>
    public static Tensor Solve(Tensor rows, Tensor active, double streamLoading)
    {
        using var scope = NewDisposeScope();
        var channel = rows.flatten(-3, -2).to(ScalarType.ComplexFloat64);                     // [..., U·K, A]
        var gram = matmul(channel, channel.mH);                                               // [..., U·K, U·K]
        var power = gram.diagonal(0, -2, -1).real;                                            // [..., U·K]
        var streams = active.flatten(-2).sum(-1, keepdim: true).clamp_min(1).to(ScalarType.Float64);   // [..., 1]
        var floor = power.sum(-1, keepdim: true) / streams * RelativeLoading;
        var loading = maximum(floor, streams * streamLoading) + (power <= 0);                 // [..., U·K]
        return linalg.solve(gram + diag_embed(loading), channel).to(rows.dtype).MoveToOuterDisposeScope();
    }
}
