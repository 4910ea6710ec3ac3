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

    /// <summary>Projects paths on the axes of the arrays.</summary>
    /// <param name="paths">The paths.</param>
    /// <returns>The waves, N = B·T·U.</returns>
    public PlaneWaves Waves(Paths paths) => new PlaneWaves(
        paths.Delays,
        paths.Gains,
        AlongX(paths.Departures),
        Transmit.Second == 1 ? null : paths.Departures.ElevationSine(),
        ReceiveAntennas == 1 ? null : AlongX(paths.Arrivals)).Map(tensor => tensor.flatten(0, 2));

    /// <summary>Path gains at one frequency in the antenna domain, α·e^{-j2π(f_c + f)τ} times the response of both arrays.</summary>
    /// <param name="waves">The paths.</param>
    /// <param name="frequency">f, off the centre of the band [Hz].</param>
    /// <returns>Complex64 <c>[N, P, R·A]</c>.</returns>
    public Tensor Steering(PlaneWaves waves, double frequency)
    {
        using var scope = NewDisposeScope();
        var weights = waves.Gains.to(ScalarType.ComplexFloat32) * SinglePhasor(waves.Delays * (CarrierFrequency + frequency));
        var response = Elements(waves.First, Transmit.First);
        if (waves.Second is not null)
            response = Outer(response, Elements(waves.Second, Transmit.Second));
        response = response * weights.unsqueeze(-1);
        if (waves.Receive is not null)
            response = Outer(Elements(waves.Receive, ReceiveAntennas), response);
        return response.MoveToOuterDisposeScope();
    }

    /// <summary>The same at the lower edge of the band with the transmit array in the angular domain, and with the factor of a delay kernel.</summary>
    /// <param name="waves">The paths.</param>
    /// <param name="delay">The delay kernel's values; those of its cotangents are left out.</param>
    /// <param name="bandwidth">B [Hz].</param>
    /// <param name="firstKernel">The kernel of N1 bins.</param>
    /// <param name="secondKernel">The kernel of N2 bins.</param>
    /// <returns>Real and imaginary part, float32 <c>[N, R·A, P]</c> each: paths lie side by side, so that arithmetic runs along them.</returns>
    public (Tensor Real, Tensor Imaginary) AngularSteering(
        PlaneWaves waves, DirichletValues delay, double bandwidth, DirichletKernel firstKernel, DirichletKernel secondKernel)
    {
        using var scope = NewDisposeScope();
        // Σ_n e^{-jπnu} e^{-j2πmn/N} is the conjugate of the kernel at q = -uN/2, so the turns count the other way.
        var first = firstKernel.Evaluate(waves.First * (-Transmit.First / 2.0));
        var turns = (waves.Delays * (CarrierFrequency - bandwidth / 2)).add_(delay.Turns).sub_(first.Turns);
        var magnitude = delay.Magnitude * first.Magnitude;
        DirichletValues? second = null;
        if (waves.Second is not null)
        {
            second = secondKernel.Evaluate(waves.Second * (-Transmit.Second / 2.0));
            turns.sub_(second.Turns);
            magnitude.mul_(second.Magnitude);
        }
        var weights = (waves.Gains.to(ScalarType.ComplexFloat32) * SinglePhasor(turns)).unsqueeze(1);    // [N, 1, P]
        if (waves.Receive is not null)
            weights = weights * Elements(waves.Receive, ReceiveAntennas).transpose(1, 2);          // [N, R, P]
        var real = (weights.real * magnitude.unsqueeze(1)).unsqueeze(2);
        var imaginary = (weights.imag * magnitude.unsqueeze(1)).unsqueeze(2);
        // (1 - j·c₁)(1 - j·c₂), one factor where there is one axis.
        (real, imaginary) = Tilt(real, imaginary, first.Cotangents.unsqueeze(1));                   // [N, R, N1, P]
        if (second is not null)
            (real, imaginary) = Tilt(real.unsqueeze(3), imaginary.unsqueeze(3), second.Cotangents.unsqueeze(1).unsqueeze(1));
        return (real.flatten(1, -2).MoveToOuterDisposeScope(), imaginary.flatten(1, -2).MoveToOuterDisposeScope());
    }

    /// <summary>(x + jy)(1 - jc).</summary>
    private static (Tensor Real, Tensor Imaginary) Tilt(Tensor real, Tensor imaginary, Tensor cotangents) =>
        (real.addcmul(imaginary, cotangents, 1), imaginary.addcmul(real, cotangents, -1));

    private Tensor AlongX(Directions directions) => WithElevation ? directions.Cosine() : directions.AzimuthCosine();

    private static Tensor Outer(Tensor slow, Tensor fast) => (slow.unsqueeze(-1) * fast.unsqueeze(-2)).flatten(-2);

    private static Tensor Elements(Tensor cosines, int count) =>
        SinglePhasor(cosines.unsqueeze(-1) * arange(count, dtype: ScalarType.Float64, device: cosines.device).mul_(0.5));

    /// <summary>e^{-j2πx}, with whole turns removed before anything is rounded.</summary>
    /// <param name="turns">x, float64 <c>[...]</c>.</param>
    /// <returns>Complex128 <c>[...]</c>.</returns>
    internal static Tensor Phasor(Tensor turns)
    {
        using var scope = NewDisposeScope();
        var angle = (turns - turns.round()) * (-2 * Math.PI);
        return complex(angle.cos(), angle.sin()).MoveToOuterDisposeScope();
    }

    /// <summary>The same, worked out in single precision once whole turns are removed.</summary>
    /// <param name="turns">x, float64 <c>[...]</c>.</param>
    /// <returns>Complex64 <c>[...]</c>.</returns>
    internal static Tensor SinglePhasor(Tensor turns)
    {
        using var scope = NewDisposeScope();
        var angle = (turns - turns.round()).to(ScalarType.Float32).mul_(-2 * Math.PI);
        return complex(angle.cos(), angle.sin()).MoveToOuterDisposeScope();
    }
}
