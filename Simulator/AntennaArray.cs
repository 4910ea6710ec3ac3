using TorchSharp;
using static TorchSharp.torch;

namespace Simulator;

/// <summary>The transmit antenna array: a panel of N1 x N2 half-wavelength-spaced elements with one or two polarisations.</summary>
/// <remarks>
/// Port order: polarisation slowest, then n1, then n2 fastest, so A = P·N1·N2. A uniform linear array is (N1, 1) with one
/// polarisation.
/// </remarks>
public sealed record AntennaArray
{
    /// <summary>Creates an array.</summary>
    /// <param name="first">N1, elements along the first axis, at least 1.</param>
    /// <param name="second">N2, elements along the second axis, at least 1.</param>
    /// <param name="polarisations">P, 1 or 2.</param>
    public AntennaArray(int first, int second = 1, int polarisations = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(second, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(polarisations, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(polarisations, 2);
        First = first;
        Second = second;
        Polarisations = polarisations;
    }

    /// <summary>N1, elements along the first axis.</summary>
    public int First { get; }

    /// <summary>N2, elements along the second axis.</summary>
    public int Second { get; }

    /// <summary>P, number of polarisations.</summary>
    public int Polarisations { get; }

    /// <summary>A = P·N1·N2, number of transmit antenna ports.</summary>
    public int Ports => Polarisations * First * Second;

    /// <summary>Unitary antenna transform: G[m] = A^-1/2 Σ_n h[n] exp(-j2πmn/N) along each array axis, per polarisation.</summary>
    /// <param name="channel">Antenna domain, complex64 <c>[..., A]</c>.</param>
    /// <returns>Angular domain, complex64 <c>[..., A]</c>, same port order.</returns>
    public Tensor ToAngular(Tensor channel) => Transform(channel, inverse: false);

    /// <summary>The inverse of <see cref="ToAngular"/>.</summary>
    /// <param name="angular">Angular domain, complex64 <c>[..., A]</c>.</param>
    /// <returns>Antenna domain, complex64 <c>[..., A]</c>.</returns>
    public Tensor FromAngular(Tensor angular) => Transform(angular, inverse: true);

    private Tensor Transform(Tensor input, bool inverse)
    {
        using var scope = NewDisposeScope();
        long[] leading = input.shape[..^1];
        var panel = input.reshape([.. leading, Polarisations, First, Second]);     // [..., P, N1, N2]
        var transformed = inverse
            ? fft.ifft2(panel, norm: FFTNormType.Ortho)
            : fft.fft2(panel, norm: FFTNormType.Ortho);
        return transformed.reshape(input.shape).MoveToOuterDisposeScope();          // [..., A]
    }
}
