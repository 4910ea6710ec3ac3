namespace Feedback.Coding;

/// <summary>Arithmetic coder with integer probabilities, prefix-free and to the bit [Witten1987].</summary>
/// <remarks>
/// A message is less than 2 bits longer than -Σ log2 of the probabilities its symbols were coded with (plus 2^-32 bit a symbol), however short:
/// there is no word to flush. Fields of a <see cref="BitWriter"/> may stand before and behind it.
/// </remarks>
public sealed class ArithmeticEncoder : ISymbolWriter
{
    private byte[] bytes = new byte[64];
    private int count;
    private ulong low;
    private ulong range = ulong.MaxValue;
    private bool empty = true;

    /// <inheritdoc/>
    public void Encode(FrequencyTable table, int symbol)
    {
        ArgumentNullException.ThrowIfNull(table);
        Narrow(range >> ArithmeticInterval.Precision, table.Below(symbol), table.Of(symbol));
    }

    /// <inheritdoc/>
    public void Encode(uint below, uint frequency, uint total)
    {
        ArgumentOutOfRangeException.ThrowIfZero(frequency);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(total, 1u << 24);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(below + frequency, total);
        Narrow(range / total, below, frequency);
    }

    /// <inheritdoc/>
    public void EncodeUniform(uint value, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, 1u << width);
        Narrow(range >> width, value, 1);
    }

    /// <summary>Ends the message and appends it; the coder starts anew.</summary>
    /// <param name="writer">Where the bits go; nothing is written if nothing was coded.</param>
    public void Finish(BitWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (!empty)
        {
            var (bits, value) = ArithmeticInterval.End(low, range);
            if (value >> bits != 0)
            {
                Carry();
            }
            for (var index = 0; index < count; index++)
            {
                writer.Write(bytes[index], 8);
            }
            writer.Write((ulong)value & ((1UL << bits) - 1), bits);
        }
        (count, low, range, empty) = (0, 0, ulong.MaxValue, true);
    }

    private void Narrow(ulong unit, uint below, uint frequency)
    {
        empty = false;
        var before = low;
        low += unit * below;
        if (low < before)
        {
            Carry();
        }
        range = unit * frequency;
        while (range < ArithmeticInterval.Smallest)
        {
            if (count == bytes.Length)
            {
                Array.Resize(ref bytes, 2 * count);
            }
            bytes[count++] = (byte)(low >> 56);
            low <<= 8;
            range <<= 8;
        }
    }

    // The code value never reaches 1, so a carry always ends within the bytes written.
    private void Carry()
    {
        var index = count;
        while (++bytes[--index] == 0)
        {
        }
    }
}
