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
        var power = view_as_real(rows).square().sum([-2, -1]).unsqueeze(-1);                  // [..., U·K, 1]
        var unknown = (power <= 0).to(power.dtype);
        var carries = active.flatten(-2).unsqueeze(-1).to(power.dtype);                       // [..., U·K, 1]
        var amplitude = carries * carries.sum(-2, keepdim: true).clamp_min(1).rsqrt();
        var columns = rows * (amplitude * (power + unknown).rsqrt()).to(rows.dtype);          // [..., U·K, A]
        columns.narrow(-1, 0, 1).add_(amplitude * unknown);
        return columns.mH.resolve_conj().MoveToOuterDisposeScope();                           // [..., A, U·K]
    }
}
