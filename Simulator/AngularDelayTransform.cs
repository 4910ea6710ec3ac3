using TorchSharp;
using static TorchSharp.torch;

namespace Simulator;

/// <summary>The unitary map between subcarriers x antennas and the first rows of the delay x angle domain [CsiNet].</summary>
/// <remarks>
/// G = √S · IDFT over subcarriers, A^-1/2 · DFT over antennas; rows 0 … D-1 are kept. Restoring fills the other rows with
/// zeros, so the energy outside of the crop is a real loss.
/// </remarks>
public sealed record AngularDelayTransform
{
    /// <summary>Creates the transform.</summary>
    /// <param name="array">The transmit array, which fixes the antenna transform.</param>
    /// <param name="subcarriers">S, number of subcarriers.</param>
    /// <param name="delays">D, delay rows kept, 1 … S.</param>
    public AngularDelayTransform(AntennaArray array, int subcarriers, int delays)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentOutOfRangeException.ThrowIfLessThan(delays, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delays, subcarriers);
        Array = array;
        Subcarriers = subcarriers;
        Delays = delays;
    }

    /// <summary>The transmit array.</summary>
    public AntennaArray Array { get; }

    /// <summary>S, number of subcarriers.</summary>
    public int Subcarriers { get; }

    /// <summary>D, number of delay rows kept.</summary>
    public int Delays { get; }

    /// <summary>Transforms a channel and keeps its first D delay rows.</summary>
    /// <param name="channel">H, complex64 <c>[..., S, R, A]</c>.</param>
    /// <returns>G, complex64 <c>[..., D, R, A]</c>.</returns>
    public Tensor Crop(Tensor channel)
    {
        using var scope = NewDisposeScope();
        var delay = fft.ifft(channel, dim: -3, norm: FFTNormType.Ortho);            // [..., S, R, A]
        return Array.ToAngular(delay.narrow(-3, 0, Delays)).MoveToOuterDisposeScope();
    }

    /// <summary>Transforms the kept rows back to all subcarriers.</summary>
    /// <param name="crop">G, complex64 <c>[..., D, R, A]</c>.</param>
    /// <returns>H, complex64 <c>[..., S, R, A]</c>.</returns>
    public Tensor Restore(Tensor crop)
    {
        using var scope = NewDisposeScope();
        var delay = Array.FromAngular(crop);                                        // [..., D, R, A]
        return fft.fft_(delay, n: Subcarriers, dim: -3, norm: FFTNormType.Ortho).MoveToOuterDisposeScope();
    }
}
