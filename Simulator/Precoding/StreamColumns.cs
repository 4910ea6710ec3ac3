using static TorchSharp.torch;

namespace Simulator.Precoding;

/// <summary>The common end of every precoder: equal stream power and the fixed beam for streams of which nothing is known.</summary>
internal static class StreamColumns
{
    /// <summary>Turns rows wᴴ of any length into columns of norm 1/√(number of active columns).</summary>
    /// <param name="rows">wᴴ, one row per stream, complex <c>[..., U·K, A]</c>.</param>
    /// <param name="active">Which rows carry a stream, bool <c>[..., U, K]</c>.</param>
    /// <returns>W of the same type <c>[..., A, U·K]</c>; zero for inactive rows, e₁ for active rows that are zero.</returns>
    public static Tensor OfRows(Tensor rows, Tensor active)
    {
        using var scope = NewDisposeScope();
        var carries = active.flatten(-2).unsqueeze(-1);                                       // [..., U·K, 1]
        var power = view_as_real(rows).square().sum([-2, -1]).unsqueeze(-1);                  // [..., U·K, 1]
        var share = carries.sum(-2, keepdim: true).clamp_min(1).to(power.dtype).rsqrt();      // [..., 1, 1]
        var known = carries.logical_and(power > 0);
        var scale = where(known, share * power.rsqrt(), zeros_like(power)).to(rows.dtype);
        var fixedBeam = carries.logical_and(power <= 0).to(rows.dtype) * share.to(rows.dtype);
        var columns = rows * scale;                                                           // [..., U·K, A]
        columns.narrow(-1, 0, 1).add_(fixedBeam);
        return columns.mH.resolve_conj().MoveToOuterDisposeScope();                           // [..., A, U·K]
    }
}
