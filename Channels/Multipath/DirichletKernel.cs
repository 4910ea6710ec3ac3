using static TorchSharp.torch;

namespace Channels.Multipath;

/// <summary>The first bins of the unitary inverse DFT of a complex exponential, in closed form.</summary>
/// <remarks>
/// L^-1/2 Σ_k e^{j2πk(d-q)/L} = c(q)·(1 + j·cot(π(d-q)/L)) with c(q) = (1 - e^{-j2πq})/(2√L) = sin(πf)/√L·e^{-j2π(f/2 - 1/4)}, q = n + f, n an integer.
/// With A = tan(π(d + s)/L) from a table and B = tan(π(q + s)/L) the cotangent is (1 + A²)/(A - B) - A: no trigonometric function a bin. The shift s keeps A
/// finite. The difference is taken in float64 <em>before</em> anything is rounded, which keeps the error near the pole at float32's own.
/// </remarks>
internal sealed class DirichletKernel
{
    private const double SmallestFraction = 1e-7;      // bins; keeps 0·∞ away and costs 1e-7 of relative error
    private readonly long length;
    private readonly double shift;
    private readonly Tensor tangents;
    private readonly Tensor tangentsRounded;
    private readonly Tensor slopes;

    /// <summary>Tabulates the tangents; the table lives in the caller's dispose scope.</summary>
    /// <param name="length">L, length of the DFT.</param>
    /// <param name="bins">D, number of bins wanted, 1 … L.</param>
    /// <param name="device">Where positions will lie.</param>
    public DirichletKernel(long length, long bins, Device device)
    {
        this.length = length;
        shift = length % 2 == 0 ? 0.5 : 0;             // no bin on the tangent's pole
        using var scope = NewDisposeScope();
        var table = ((arange(bins, dtype: ScalarType.Float64, device: device).unsqueeze(-1) + shift) * (Math.PI / length)).tan();   // [D, 1]
        slopes = (table.square() + 1).to(ScalarType.Float32).MoveToOuterDisposeScope();
        tangentsRounded = table.to(ScalarType.Float32).MoveToOuterDisposeScope();
        tangents = table.MoveToOuterDisposeScope();
    }

    /// <summary>Evaluates the kernel.</summary>
    /// <param name="positions">q in bins, float64 <c>[N, P]</c>.</param>
    /// <returns>Its values.</returns>
    public DirichletValues Evaluate(Tensor positions)
    {
        using var scope = NewDisposeScope();
        var whole = positions.round();
        var fraction = positions - whole;
        fraction = where(fraction.abs() < SmallestFraction, full_like(fraction, SmallestFraction), fraction);
        var magnitude = (fraction * Math.PI).to(ScalarType.Float32).sin().div(Math.Sqrt(length));
        var pole = ((whole + fraction + shift) * (Math.PI / length)).tan().unsqueeze(1);     // [N, 1, P]
        var distance = (tangents - pole).to(ScalarType.Float32);                                    // [N, D, P]
        var cotangents = (slopes / distance).sub_(tangentsRounded);
        return new DirichletValues(magnitude, fraction * 0.5 - 0.25, cotangents).MoveToOuterDisposeScope();
    }
}
