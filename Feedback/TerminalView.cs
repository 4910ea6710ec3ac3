using System.Globalization;
using Simulator;
using static TorchSharp.torch;

namespace Feedback;

/// <summary>What a scheme without memory takes from a measurement: the newest slot, checked.</summary>
internal static class TerminalView
{
    /// <summary>The newest slot.</summary>
    /// <param name="measurement">The measurement, <c>[N, T, S, R, A]</c>.</param>
    /// <param name="dimensions">What was agreed on.</param>
    /// <returns>H, complex64 <c>[N, S, R, A]</c>.</returns>
    /// <exception cref="ArgumentException">The measurement has another size or type.</exception>
    public static Tensor Newest(Measurement measurement, CsiDimensions dimensions)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        ArgumentNullException.ThrowIfNull(dimensions);
        var channel = measurement.Channel;
        var shape = channel.shape;
        if (shape.Length != 5 || shape[2] != dimensions.Subcarriers || shape[3] != dimensions.ReceiveAntennas
            || shape[4] != dimensions.TransmitAntennas || shape[1] < 1 || channel.dtype != ScalarType.ComplexFloat32)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The measured channel is {channel.dtype} [{string.Join(", ", shape)}]; permitted is ComplexFloat32 [N, T, {dimensions.Subcarriers}, {dimensions.ReceiveAntennas}, {dimensions.TransmitAntennas}]."),
                nameof(measurement));
        }
        return channel.select(1, shape[1] - 1);
    }

    /// <summary>The largest magnitude of a real or imaginary part in each report.</summary>
    /// <param name="parts">Real and imaginary parts, float32 <c>[N, ...]</c>.</param>
    /// <returns>The peaks, float32 <c>[N]</c>, on the device of the parts.</returns>
    /// <exception cref="ArgumentException">An entry is not finite.</exception>
    public static Tensor Peaks(Tensor parts)
    {
        using var scope = NewDisposeScope();
        var peaks = parts.abs().flatten(1).amax(1);                                 // [N]
        var values = peaks.cpu().data<float>().ToArray();
        var index = Array.FindIndex(values, value => !float.IsFinite(value));
        return index < 0
            ? peaks.MoveToOuterDisposeScope()
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The measured channel of report {index} has entries that are not finite; every entry must be a finite number."),
                nameof(parts));
    }
}
