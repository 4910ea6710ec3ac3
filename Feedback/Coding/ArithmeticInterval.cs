namespace Feedback.Coding;

/// <summary>What both sides of the arithmetic coder agree on: its window and how a message ends.</summary>
/// <remarks>
/// The interval is [low, low + range) in units of 2^-64 of a window that has moved on by a whole number of bytes; range never falls below
/// 2^48, so that cutting it into 2^16 parts wastes less than 2^-32 of it.
/// </remarks>
internal static class ArithmeticInterval
{
    /// <summary>log2 of the total of all frequency tables.</summary>
    public const int Precision = 16;

    /// <summary>The smallest range before the window moves on.</summary>
    public const ulong Smallest = 1UL << 48;

    /// <summary>The shortest bit string all of whose continuations lie in the interval.</summary>
    /// <remarks>Its length is below 2 - log2(range/2^64): a dyadic interval of half the range's size or a little less always fits.</remarks>
    /// <param name="low">Lower end.</param>
    /// <param name="range">Size.</param>
    /// <returns>Number of bits behind the bytes that left the window, and their value; a value of 2^bits carries into those bytes.</returns>
    public static (int Bits, UInt128 Value) End(ulong low, ulong range)
    {
        var high = (UInt128)low + range;
        for (var bits = 1; ; bits++)
        {
            var step = UInt128.One << (64 - bits);
            var value = (low + step - 1) / step;
            if ((value + 1) * step <= high)
            {
                return (bits, value);
            }
        }
    }
}
