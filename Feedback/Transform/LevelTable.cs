using System.Numerics;
using Feedback.Coding;

namespace Feedback.Transform;

/// <summary>The levels of one class: what their magnitudes cost and what they stand for in units of the step.</summary>
/// <remarks>Symbols are the magnitudes 0 … n-1 and the escape n, behind which the excess r ≥ 0 follows as ⌊log2(r+1)⌋ in 4 bits and the rest of r+1.</remarks>
internal sealed class LevelTable
{
    /// <summary>Most symbols of a table: levels with a frequency of their own, and the escape.</summary>
    public const int Symbols = 65;

    private const int LengthBits = 4;
    private readonly FrequencyTable frequencies;
    private readonly float[] values;

    /// <summary>Frequencies end with zeros where there are fewer symbols than places.</summary>
    public LevelTable(int[] padded, float[] values) =>
        (frequencies, this.values) = (new FrequencyTable([.. padded.TakeWhile(frequency => frequency > 0)]), values);

    private int Escape => frequencies.Count - 1;

    /// <summary>Takes tables out of rows of a model.</summary>
    public static LevelTable[] Rows(int[] frequencies, float[] values, int first, int count) =>
    [
        .. Enumerable.Range(first, count).Select(row => row * Symbols)
            .Select(place => new LevelTable(frequencies.AsSpan(place, Symbols).ToArray(), values.AsSpan(place, Symbols).ToArray())),
    ];

    /// <summary>Fits a row of a model to counts of magnitudes, the last place counting everything beyond, and the sums of what they were quantised from.</summary>
    /// <remarks>Levels too rare for a frequency of 1 in 2^16 are left to the escape: each symbol of a table costs all others probability.</remarks>
    public static void Fit(ReadOnlySpan<long> counts, ReadOnlySpan<double> sums, Span<int> frequencies, Span<float> values)
    {
        var total = 0L;
        foreach (var count in counts)
            total += count;
        var escape = Symbols - 1;
        while (escape > 1 && counts[escape - 1] * 65_536 < total)
            escape--;
        var weights = new double[escape + 1];
        for (var level = 0; level < Symbols; level++)
            weights[Math.Min(level, escape)] += counts[level];
        if (total == 0)
            weights[0] = 1;
        var table = FrequencyTable.FromWeights(weights);
        for (var level = 0; level <= escape; level++)
        {
            frequencies[level] = (int)table.Of(level);
            values[level] = (float)(level > 0 && counts[level] > 0 ? sums[level] / counts[level] : DeadZone.Value(level));
        }
    }

    /// <summary>Codes a level with its sign.</summary>
    public void Write(ISymbolWriter target, int level)
    {
        var magnitude = Math.Abs(level);
        target.Encode(frequencies, Math.Min(magnitude, Escape));
        if (magnitude >= Escape)
        {
            var excess = (uint)(magnitude - Escape + 1);
            var length = BitOperations.Log2(excess);
            target.EncodeUniform((uint)length, LengthBits);
            if (length > 0)
                target.EncodeUniform(excess - (1u << length), length);
        }
        if (magnitude > 0)
            target.EncodeUniform(level < 0 ? 1u : 0, 1);
    }

    /// <summary>What a level with its sign costs [bit].</summary>
    public double Bits(int level)
    {
        var magnitude = Math.Abs(level);
        var bits = frequencies.Bits(Math.Min(magnitude, Escape)) + (magnitude > 0 ? 1 : 0);
        return magnitude < Escape ? bits : bits + LengthBits + BitOperations.Log2((uint)(magnitude - Escape + 1));
    }

    /// <summary>What a level stands for, in units of the step.</summary>
    public double Value(int level)
    {
        var magnitude = Math.Abs(level);
        var value = magnitude < Escape ? values[magnitude] : DeadZone.Value(magnitude);
        return level < 0 ? -value : value;
    }

    /// <summary>Decodes a level with its sign.</summary>
    public int ReadLevel(ArithmeticDecoder source)
    {
        var magnitude = source.Decode(frequencies);
        if (magnitude == 0)
            return 0;
        if (magnitude == Escape)
        {
            var length = (int)source.DecodeUniform(LengthBits);
            var rest = length > 0 ? source.DecodeUniform(length) : 0;
            magnitude = Escape - 1 + (int)((1u << length) + rest);
        }
        return source.DecodeUniform(1) == 1 ? -magnitude : magnitude;
    }

    /// <summary>Decodes a level to what it stands for, in units of the step.</summary>
    public double Read(ArithmeticDecoder source) => Value(ReadLevel(source));
}
