namespace Feedback.Coding;

/// <summary>Frequencies that both sides learn from the symbols of the message itself.</summary>
/// <remarks>Integers only, so encoder and decoder stay together. One instance a side and message.</remarks>
public sealed class AdaptiveFrequencies
{
    private const uint Largest = 1 << 16;
    private readonly uint[] frequencies;
    private readonly uint increment;
    private uint total;

    /// <summary>Starts with equal frequencies.</summary>
    /// <param name="count">Number of symbols, 1 … 4096.</param>
    /// <param name="increment">How much a symbol weighs against the start, at least 1.</param>
    public AdaptiveFrequencies(int count, int increment = 32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 4096);
        ArgumentOutOfRangeException.ThrowIfLessThan(increment, 1);
        frequencies = new uint[count];
        Array.Fill(frequencies, 1u);
        total = (uint)count;
        this.increment = (uint)increment;
    }

    /// <summary>Codes a symbol and learns from it.</summary>
    /// <param name="encoder">The coder.</param>
    /// <param name="symbol">The symbol, 0 … count-1.</param>
    public void Encode(ArithmeticEncoder encoder, int symbol)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        var below = 0u;
        for (var smaller = 0; smaller < symbol; smaller++)
        {
            below += frequencies[smaller];
        }
        encoder.Encode(below, frequencies[symbol], total);
        Learn(symbol);
    }

    /// <summary>Decodes a symbol and learns from it.</summary>
    /// <param name="decoder">The coder.</param>
    /// <returns>The symbol.</returns>
    public int Decode(ArithmeticDecoder decoder)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        var target = decoder.Target(total);
        var (symbol, below) = (0, 0u);
        while (below + frequencies[symbol] <= target)
        {
            below += frequencies[symbol++];
        }
        decoder.Take(below, frequencies[symbol], total);
        Learn(symbol);
        return symbol;
    }

    private void Learn(int symbol)
    {
        frequencies[symbol] += increment;
        total += increment;
        if (total > Largest)
        {
            total = 0;
            for (var index = 0; index < frequencies.Length; index++)
            {
                frequencies[index] -= frequencies[index] >> 1;
                total += frequencies[index];
            }
        }
    }
}
