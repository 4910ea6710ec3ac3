using static TorchSharp.torch;

namespace Channels.Multipath;

/// <summary>The first bins of the unitary inverse DFT of a complex exponential, in closed form.</summary>
/// <remarks>
/// L^-1/2 Σ_k e^{j2πk(d-q)/L} = c(q)·(1 + j·cot(π(d-q)/L)) with c(q) = (1 - e^{-j2πq})/(2√L). With q = n + f, n an integer, the cotangent is
/// (1 + T·t)/(T - t), T = tan(π(d-n)/L) from a table and t = tan(πf/L): two multiplications and a division instead of a tangent a bin.
/// Splitting q in float64 <em>before</em> anything is rounded keeps the error near the pole at float32's own.
/// </remarks>
internal sealed class DirichletKernel
{
    private const double SmallestFraction = 1e-7;      // bins; keeps 0·∞ away and costs 1e-7 of relative error
    private readonly long length;
    private readonly Tensor windows;

    /// <summary>Tabulates the tangents; the table lives in the caller's dispose scope.</summary>
    /// <param name="length">L, length of the DFT.</param>
    /// <param name="bins">D, number of bins wanted, 1 … L.</param>
    /// <param name="device">Where positions will lie.</param>
    public DirichletKernel(long length, long bins, Device device)
    {
        this.length = length;
        using var scope = NewDisposeScope();
        var tangents = arange(length, dtype: ScalarType.Float64, device: device).mul(Math.PI / length).tan().to(ScalarType.Float32);
        var offset = arange(bins, device: device) - arange(length, device: device).unsqueeze(1);   // [L, D]: d - n
        windows = tangents.index_select(0, offset.remainder(length).flatten()).reshape(length, bins).MoveToOuterDisposeScope();
    }

    /// <summary>Evaluates the kernel.</summary>
    /// <param name="positions">q in bins, float64 <c>[..., P]</c>.</param>
    /// <returns>c(q), complex128 <c>[..., P]</c>, and the cotangents, float32 <c>[..., P, D]</c>.</returns>
    public (Tensor Factor, Tensor Cotangent) Evaluate(Tensor positions)
    {
        using var scope = NewDisposeScope();
        var whole = positions.round();
        var fraction = positions - whole;
        fraction = where(fraction.abs() < SmallestFraction, full_like(fraction, SmallestFraction), fraction);
        // 1 - e^{-j2πf} = 2j·sin(πf)·e^{-jπf}
        var angle = fraction * Math.PI;
        var sine = angle.sin();
        var factor = complex(sine * sine, sine * angle.cos()) / Math.Sqrt(length);
        var tangent = (angle / length).tan().to(ScalarType.Float32).unsqueeze(-1);                 // [..., P, 1]
        var row = whole.to(ScalarType.Int64).remainder(length).flatten();
        var table = windows.index_select(0, row).reshape([.. positions.shape, windows.shape[1]]);   // [..., P, D]
        var cotangent = (table * tangent).add_(1).div_(table.sub_(tangent));
        return (factor.MoveToOuterDisposeScope(), cotangent.MoveToOuterDisposeScope());
    }
}
