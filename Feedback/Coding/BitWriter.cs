using Simulator;

namespace Feedback.Coding;

/// <summary>Builds a message field by field, most significant bit first.</summary>
public sealed class BitWriter
{
    private byte[] bytes;

    /// <summary>Starts an empty message.</summary>
    /// <param name="capacity">Number of bits that are expected; more may be written.</param>
    public BitWriter(int capacity = 256)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        bytes = new byte[(capacity + 7) / 8 + 1];
    }

    /// <summary>Number of bits written so far.</summary>
    public int Length { get; private set; }

    /// <summary>Appends an unsigned field.</summary>
    /// <param name="value">The field, below 2^<paramref name="width"/>.</param>
    /// <param name="width">Its number of bits, 1 … 64.</param>
    public void Write(ulong value, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 64);
        if (width < 64)
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, 1UL << width);
        Reserve(width);
        var remaining = width;
        while (remaining > 0)
        {
            var free = 8 - (Length & 7);
            var taken = Math.Min(free, remaining);
            var chunk = (int)(value >> (remaining - taken)) & ((1 << taken) - 1);
            bytes[Length >> 3] |= (byte)(chunk << (free - taken));
            Length += taken;
            remaining -= taken;
        }
    }

    /// <summary>Appends zeros until the message has a given length; does nothing if it has it already.</summary>
    /// <param name="length">Number of bits, at least 0.</param>
    public void PadTo(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length > Length)
        {
            Reserve(length - Length);
            Length = length;
        }
    }

    /// <summary>The message.</summary>
    /// <returns>The bits written so far.</returns>
    public BitString ToBitString() => new(bytes, Length);

    private void Reserve(int width)
    {
        var needed = (Length + width + 7) / 8;
        if (needed > bytes.Length)
            Array.Resize(ref bytes, Math.Max(needed, 2 * bytes.Length));
    }
}
