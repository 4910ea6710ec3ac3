using System.Globalization;
using Simulator;

namespace Feedback.Coding;

/// <summary>The other side of <see cref="ArithmeticEncoder"/>.</summary>
/// <remarks>
/// It looks ahead of what it has read, taking zeros for bits behind the end of the message: any continuation of a message decodes to
/// the same symbols. How long the message was follows from the symbols alone, and <see cref="Finish"/> checks that it was all there.
/// </remarks>
public sealed class ArithmeticDecoder
{
    private const int Window = 64;
    private readonly BitReader reader;
    private readonly int start;
    private ulong low;
    private ulong range = ulong.MaxValue;
    private ulong offset;
    private int moved;
    private bool empty = true;

    /// <summary>Starts where a reader stands.</summary>
    /// <param name="reader">The message; it stands still until <see cref="Finish"/>.</param>
    public ArithmeticDecoder(BitReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        this.reader = reader;
        start = reader.Position;
        offset = reader.Peek(start, Window);
    }

    /// <summary>Whether every continuation of the bits at hand decodes to the symbols decoded so far.</summary>
    /// <remarks>Always so within a whole message; in one that was cut it tells the symbols that arrived from those that are guesses.</remarks>
    public bool IsCertain
    {
        get
        {
            var known = reader.Length - start - 8 * moved;
            var unknown = known >= Window ? 0 : known <= 0 ? ulong.MaxValue : ulong.MaxValue >> known;
            return unknown < range - offset;
        }
    }

    /// <summary>Decodes a symbol of a static table.</summary>
    /// <param name="table">Its probabilities, as the encoder had them.</param>
    /// <returns>The symbol.</returns>
    /// <exception cref="InvalidMessageException">No encoder can have sent this.</exception>
    public int Decode(FrequencyTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var unit = range >> ArithmeticInterval.Precision;
        var symbol = table.Find(Target(unit, 1u << ArithmeticInterval.Precision));
        Narrow(unit, table.Below(symbol), table.Of(symbol));
        return symbol;
    }

    /// <summary>Where the next symbol lies among frequencies that may change; <see cref="Take"/> must follow.</summary>
    /// <param name="total">Sum of all frequencies, at most 2^24.</param>
    /// <returns>A number below the total, within the symbol's share.</returns>
    /// <exception cref="InvalidMessageException">No encoder can have sent this.</exception>
    public uint Target(uint total)
    {
        ArgumentOutOfRangeException.ThrowIfZero(total);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(total, 1u << 24);
        return Target(range / total, total);
    }

    /// <summary>Takes the symbol that <see cref="Target(uint)"/> has pointed to.</summary>
    /// <param name="below">Sum of the frequencies of all smaller symbols.</param>
    /// <param name="frequency">The symbol's own.</param>
    /// <param name="total">Sum of all.</param>
    public void Take(uint below, uint frequency, uint total) => Narrow(range / total, below, frequency);

    /// <summary>Decodes a number of which every value is as likely as any other.</summary>
    /// <param name="width">Its number of bits, 1 … 16.</param>
    /// <returns>The number.</returns>
    /// <exception cref="InvalidMessageException">No encoder can have sent this.</exception>
    public uint DecodeUniform(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 16);
        var unit = range >> width;
        var value = Target(unit, 1u << width);
        Narrow(unit, value, 1);
        return value;
    }

    /// <summary>Ends the message: the reader stands behind its last bit.</summary>
    /// <exception cref="InvalidMessageException">The message was cut, or ends otherwise than an encoder ends it.</exception>
    public void Finish()
    {
        if (empty)
        {
            return;
        }
        var (bits, value) = ArithmeticInterval.End(low, range);
        reader.Skip(8 * moved + bits);
        // Other ends of the same interval decode alike; only one of them is sent, and none of them is the start of another.
        if ((low + offset) >> (Window - bits) != ((ulong)value & ((1UL << bits) - 1)))
        {
            throw new InvalidMessageException(string.Create(
                CultureInfo.InvariantCulture, $"The arithmetic code that begins at bit {start} does not end as its symbols ask."));
        }
    }

    private uint Target(ulong unit, uint total)
    {
        var target = offset / unit;
        return target < total
            ? (uint)target
            : throw new InvalidMessageException(string.Create(
                CultureInfo.InvariantCulture, $"The arithmetic code at bit {start + 8 * moved} points beyond its last symbol."));
    }

    private void Narrow(ulong unit, uint below, uint frequency)
    {
        empty = false;
        offset -= unit * below;
        low += unit * below;
        range = unit * frequency;
        while (range < ArithmeticInterval.Smallest)
        {
            offset = offset << 8 | reader.Peek(start + Window + 8 * moved, 8);
            moved++;
            low <<= 8;
            range <<= 8;
        }
    }
}
