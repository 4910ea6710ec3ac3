using System.Globalization;
using Simulator;

namespace Feedback.Coding;

/// <summary>Takes a message apart field by field, most significant bit first.</summary>
public sealed class BitReader
{
    private readonly BitString message;

    /// <summary>Starts at the first bit.</summary>
    /// <param name="message">The message; bits that are never read do not matter.</param>
    public BitReader(BitString message)
    {
        ArgumentNullException.ThrowIfNull(message);
        this.message = message;
    }

    /// <summary>Number of bits of the message.</summary>
    internal int Length => message.Length;

    /// <summary>Number of bits read so far.</summary>
    public int Position { get; private set; }

    /// <summary>Reads an unsigned field.</summary>
    /// <param name="width">Its number of bits, 1 … 64.</param>
    /// <returns>The field.</returns>
    /// <exception cref="InvalidMessageException">The message ends before the field does.</exception>
    public ulong Read(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 64);
        if (width > message.Length - Position)
        {
            throw new InvalidMessageException(string.Create(
                CultureInfo.InvariantCulture,
                $"The message has {message.Length} bits, but a field of {width} bits begins at bit {Position}."));
        }
        var bytes = message.Bytes;
        var value = 0UL;
        var remaining = width;
        while (remaining > 0)
        {
            var left = 8 - (Position & 7);
            var taken = Math.Min(left, remaining);
            var chunk = bytes[Position >> 3] >> (left - taken) & ((1 << taken) - 1);
            value = value << taken | (uint)chunk;
            Position += taken;
            remaining -= taken;
        }
        return value;
    }

    /// <summary>Looks at bits without reading them; bits behind the end of the message are zero.</summary>
    /// <param name="position">The first bit, at least 0.</param>
    /// <param name="width">Number of bits, a multiple of 8 up to 64.</param>
    /// <returns>The bits.</returns>
    internal ulong Peek(int position, int width)
    {
        var bytes = message.Bytes;
        var (index, shift) = (position >> 3, position & 7);
        var value = 0UL;
        for (var taken = 0; taken < width; taken += 8, index++)
        {
            var pair = (index < bytes.Length ? bytes[index] << 8 : 0) | (index + 1 < bytes.Length ? bytes[index + 1] : 0);
            value = value << 8 | (byte)(pair >> (8 - shift));
        }
        return value;
    }

    /// <summary>Moves on over bits that were looked at.</summary>
    /// <param name="width">Number of bits, at least 0.</param>
    /// <exception cref="InvalidMessageException">The message ends before.</exception>
    internal void Skip(int width)
    {
        if (width > message.Length - Position)
        {
            throw new InvalidMessageException(string.Create(
                CultureInfo.InvariantCulture,
                $"The message has {message.Length} bits, but {width} bits of arithmetic code begin at bit {Position}."));
        }
        Position += width;
    }

    /// <summary>Reads an unsigned field of a range that does not fill its bits.</summary>
    /// <param name="width">Its number of bits, 0 … 64; a field of 0 bits is 0.</param>
    /// <param name="count">Number of permitted values 0 … count-1.</param>
    /// <param name="name">What the field is, for the message of the exception.</param>
    /// <returns>The field.</returns>
    /// <exception cref="InvalidMessageException">The message is too short or the field out of range.</exception>
    public int ReadIndex(int width, int count, string name)
    {
        var value = width == 0 ? 0 : Read(width);
        return value < (ulong)count
            ? (int)value
            : throw new InvalidMessageException(string.Create(
                CultureInfo.InvariantCulture, $"The field '{name}' is {value}; permitted is 0 … {count - 1}."));
    }
}
