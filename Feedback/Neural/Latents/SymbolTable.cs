using System.Numerics;
using Feedback.Coding;

namespace Feedback.Neural.Latents;

/// <summary>Probabilities of whole numbers around a middle, and an escape for all others.</summary>
/// <remarks>Behind the escape follow one bit for the side, ⌊log2(r+1)⌋ of the excess r ≥ 0 in 4 bits, and the rest of r+1.</remarks>
internal sealed class SymbolTable
{
    /// <summary>Places of a row of a model: numbers with a frequency of their own, and the escape.</summary>
    public const int Places = 66;

    /// <summary>No symbol is larger.</summary>
    public const int Largest = 30_000;

    private const int LengthBits = 4;
    private readonly int lowest;
    private readonly FrequencyTable frequencies;

    /// <summary>Frequencies end with zeros where there are fewer numbers than places.</summary>
    public SymbolTable(int lowest, int[] padded) => (this.lowest, frequencies) = (lowest, new FrequencyTable([.. padded.TakeWhile(frequency => frequency > 0)]));

    private int Escape => frequencies.Count - 1;

    /// <summary>Fits a row of a model to counts of symbols; numbers too rare for a frequency of 1 in 2^16 at the ends are left to the escape.</summary>
    public static int Fit(IReadOnlyDictionary<int, long> counts, Span<int> row)
    {
        var total = counts.Values.Sum();
        var common = counts.Where(pair => pair.Value * 65_536 >= total).Select(pair => pair.Key).Order().ToArray();
        var mode = counts.MaxBy(pair => (pair.Value, -pair.Key)).Key;
        var low = Math.Max(common.Length > 0 ? common[0] : mode, mode - (Places - 2) / 2);
        var high = Math.Min(common.Length > 0 ? common[^1] : mode, low + Places - 2);
        var weights = Enumerable.Range(low, high - low + 1).Select(symbol => (double)counts.GetValueOrDefault(symbol)).ToArray();
        // Laplace's rule, weakly: what was not seen may come all the same.
        var table = FrequencyTable.FromWeights([.. weights.Select(weight => weight + 0.1), total - weights.Sum() + 0.1]);
        row.Clear();
        for (var symbol = 0; symbol < table.Count; symbol++)
            row[symbol] = (int)table.Of(symbol);
        return low;
    }

    public void Write(ISymbolWriter target, int symbol)
    {
        var place = symbol - lowest;
        if (place >= 0 && place < Escape)
        {
            target.Encode(frequencies, place);
            return;
        }
        target.Encode(frequencies, Escape);
        target.EncodeUniform(place < 0 ? 1u : 0, 1);
        var excess = (uint)(place < 0 ? -place : place - Escape + 1);
        var length = BitOperations.Log2(excess);
        target.EncodeUniform((uint)length, LengthBits);
        if (length > 0)
            target.EncodeUniform(excess - (1u << length), length);
    }

    public int Read(ArithmeticDecoder source)
    {
        var place = source.Decode(frequencies);
        if (place < Escape)
            return lowest + place;
        var below = source.DecodeUniform(1) == 1;
        var length = (int)source.DecodeUniform(LengthBits);
        var excess = (int)((1u << length) + (length > 0 ? source.DecodeUniform(length) : 0));
        return lowest + (below ? -excess : Escape - 1 + excess);
    }
}
