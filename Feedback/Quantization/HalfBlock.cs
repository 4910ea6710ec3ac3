using Simulator;

namespace Feedback.Quantization;

/// <summary>Half-precision numbers that share an exponent, so that neither a strong nor a weak channel leaves their range.</summary>
/// <remarks>
/// The common exponent is the 8-bit exponent field e of the largest magnitude in single precision; values are sent as halves of
/// x·2^(141-e), which puts the largest into [2^14, 2^15].
/// </remarks>
public static class HalfBlock
{
    /// <summary>Bits of the common exponent.</summary>
    public const int ExponentBits = 8;

    /// <summary>Bits of a value.</summary>
    public const int ValueBits = 16;

    /// <summary>The common exponent of values.</summary>
    /// <param name="peak">The largest magnitude, finite and at least 0.</param>
    /// <returns>e, 0 … 254.</returns>
    public static int Exponent(float peak) => (int)(BitConverter.SingleToUInt32Bits(peak) >> 23);

    /// <summary>Encodes a value.</summary>
    /// <param name="value">x, not above the peak in magnitude.</param>
    /// <param name="exponent">e, 0 … 254.</param>
    /// <returns>The bits of the half.</returns>
    public static ushort Pack(float value, int exponent) =>
        BitConverter.HalfToUInt16Bits((Half)Math.ScaleB((double)value, 141 - exponent));

    /// <summary>Decodes a value.</summary>
    /// <param name="bits">The bits of the half.</param>
    /// <param name="exponent">e as read from a message.</param>
    /// <returns>x.</returns>
    /// <exception cref="InvalidMessageException">The value is not finite in single precision.</exception>
    public static float Unpack(ushort bits, int exponent)
    {
        var value = (float)Math.ScaleB((double)BitConverter.UInt16BitsToHalf(bits), exponent - 141);
        return float.IsFinite(value)
            ? value
            : throw new InvalidMessageException("A coefficient is not a finite number.");
    }
}
