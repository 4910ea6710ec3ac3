using System.Globalization;
using Simulator;

namespace Feedback.Quantization;

/// <summary>
/// A non-negative scale as the leading bits of its IEEE single-precision pattern without the sign, rounded up: 8 bits of exponent,
/// the rest mantissa.
/// </summary>
/// <remarks>
/// Rounding up makes the decoded scale an upper bound of what it scales, so that nothing saturates; values are quantised relative to
/// the decoded scale, hence its coarseness costs range and not gain. Index 0 is the scale zero. Scales end at 2^96, so that sums of
/// decoded values stay finite in single precision.
/// </remarks>
public sealed class ScaleQuantizer
{
    private const float Largest = 7.9228163e28f;                                    // 2^96
    private readonly int dropped;

    /// <summary>Creates a quantiser.</summary>
    /// <param name="bits">Bits of a scale, 8 … 16; at 8 scales are powers of two.</param>
    public ScaleQuantizer(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 8);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, 16);
        Bits = bits;
        dropped = 31 - bits;
    }

    /// <summary>Bits of a scale.</summary>
    public int Bits { get; }

    /// <summary>The index of the smallest scale that is not below a value.</summary>
    /// <param name="value">The value, at least 0; above 2^96 it saturates.</param>
    /// <returns>Index, 0 … 2^b-1; 0 for the value 0 only.</returns>
    public int Index(float value)
    {
        if (!(value >= 0))
            throw new ArgumentOutOfRangeException(nameof(value), value, "A scale must be a number and at least 0.");
        var pattern = BitConverter.SingleToUInt32Bits(Math.Min(value, Largest));
        return (int)((pattern + (1u << dropped) - 1) >> dropped);
    }

    /// <summary>The scale that an index stands for.</summary>
    /// <param name="index">Index as read from a message.</param>
    /// <returns>The scale, 0 … 2^96.</returns>
    /// <exception cref="InvalidMessageException">The index is above that of 2^96.</exception>
    public float Level(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var largest = Index(Largest);
        return index <= largest
            ? BitConverter.UInt32BitsToSingle((uint)index << dropped)
            : throw new InvalidMessageException(string.Create(
                CultureInfo.InvariantCulture, $"The field 'scale' is {index}; permitted is 0 … {largest}."));
    }
}
