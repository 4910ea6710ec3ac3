using Simulator;
using static TorchSharp.torch;

namespace Channels.Multipath;

/// <summary>The two half-wavelength arrays of a link and its carrier: what turns angles and delays into phases.</summary>
/// <remarks>
/// Element n of an axis has phase -π·n·u; u is the cosine of the azimuth along the first transmit axis and along the receive array (both on
/// the x axis, without an elevation factor, as the COST 2100 code has it) and the sine of the elevation along the second transmit axis.
/// </remarks>
/// <param name="Transmit">The base station's array, one polarisation.</param>
/// <param name="ReceiveAntennas">R, elements of the user's uniform linear array.</param>
/// <param name="CarrierFrequency">f_c, centre of the band [Hz].</param>
internal sealed record ArrayLink(AntennaArray Transmit, int ReceiveAntennas, double CarrierFrequency)
{
    /// <summary>Whether u along the x axis has the cosine of the elevation as a factor, as in space.</summary>
    public bool WithElevation { get; init; }

    /// <summary>Path gains at one frequency, α·e^{-j2π(f_c + f)τ}.</summary>
    /// <param name="paths">The paths <c>[N, P]</c>.</param>
    /// <param name="frequency">f, off the centre of the band [Hz].</param>
    /// <returns>Complex128 <c>[N, P]</c>.</returns>
    public Tensor CarrierGains(Paths paths, double frequency)
    {
        using var scope = NewDisposeScope();
        return (paths.Gains * Phasor(paths.Delays * (CarrierFrequency + frequency))).MoveToOuterDisposeScope();
    }

    /// <summary>Weighted joint response of both arrays in the antenna domain.</summary>
    /// <param name="paths">The paths <c>[N, P]</c>.</param>
    /// <param name="weights">A factor of each path, complex128 <c>[N, P]</c>.</param>
    /// <returns>Complex64 <c>[N, P, R·A]</c>.</returns>
    public Tensor Steering(Paths paths, Tensor weights)
    {
        using var scope = NewDisposeScope();
        var first = Elements(Departure(paths), Transmit.First);
        var transmit = Transmit.Second == 1 ? first : Outer(first, Elements(paths.DepartureElevations.sin(), Transmit.Second));
        return Receive(paths, weights, transmit).MoveToOuterDisposeScope();
    }

    /// <summary>Weighted joint response with the transmit array in the angular domain.</summary>
    /// <param name="paths">The paths <c>[N, P]</c>.</param>
    /// <param name="weights">A factor of each path, complex128 <c>[N, P]</c>.</param>
    /// <param name="firstKernel">The kernel of N1 bins.</param>
    /// <param name="secondKernel">The kernel of N2 bins.</param>
    /// <returns>Complex64 <c>[N, P, R·A]</c>.</returns>
    public Tensor AngularSteering(Paths paths, Tensor weights, DirichletKernel firstKernel, DirichletKernel secondKernel)
    {
        using var scope = NewDisposeScope();
        // Σ_n e^{-jπnu} e^{-j2πmn/N} is the conjugate of the kernel at q = -uN/2.
        var (factor, cotangent) = firstKernel.Evaluate(Departure(paths) * (-Transmit.First / 2.0));
        var transmit = complex(ones_like(cotangent), -cotangent);                                   // [N, P, N1]
        var scaled = weights * factor.conj();
        if (Transmit.Second > 1)
        {
            var (secondFactor, secondCotangent) = secondKernel.Evaluate(paths.DepartureElevations.sin() * (-Transmit.Second / 2.0));
            transmit = Outer(transmit, complex(ones_like(secondCotangent), -secondCotangent));
            scaled = scaled * secondFactor.conj();
        }
        return Receive(paths, scaled, transmit).MoveToOuterDisposeScope();
    }

    private Tensor Receive(Paths paths, Tensor weights, Tensor transmit)
    {
        var scalar = weights.to(ScalarType.ComplexFloat32).unsqueeze(-1);                           // [N, P, 1]
        if (ReceiveAntennas == 1)
            return transmit * scalar;
        return Outer(Elements(Direction(paths.ArrivalAzimuths, paths.ArrivalElevations), ReceiveAntennas) * scalar, transmit);
    }

    private Tensor Departure(Paths paths) => Direction(paths.DepartureAzimuths, paths.DepartureElevations);

    private Tensor Direction(Tensor azimuths, Tensor elevations) => WithElevation ? azimuths.cos() * elevations.cos() : azimuths.cos();

    private static Tensor Outer(Tensor slow, Tensor fast) => (slow.unsqueeze(-1) * fast.unsqueeze(-2)).flatten(-2);

    private static Tensor Elements(Tensor cosines, int count) =>
        Phasor(cosines.unsqueeze(-1) * arange(count, dtype: ScalarType.Float64, device: cosines.device).mul(0.5)).to(ScalarType.ComplexFloat32);

    /// <summary>e^{-j2πx}, with whole turns removed before anything is rounded.</summary>
    /// <param name="turns">x, float64 <c>[...]</c>.</param>
    /// <returns>Complex128 <c>[...]</c>.</returns>
    internal static Tensor Phasor(Tensor turns)
    {
        using var scope = NewDisposeScope();
        var angle = (turns - turns.round()) * (-2 * Math.PI);
        return complex(angle.cos(), angle.sin()).MoveToOuterDisposeScope();
    }
}
