using System.Numerics;
using Feedback.Coding;

namespace Feedback.Transform;

/// <summary>The levels of one class: what their magnitudes cost and what they stand for in units of the step.</summary>
/// <remarks>Symbols are the magnitudes 0 … n-1 and the escape n, behind which the excess r ≥ 0 follows as ⌊log2(r+1)⌋ in 4 bits and the rest of r+1.</remarks>
internal sealed class LevelTable
{
    private const int LengthBits = 4;
    private readonly FrequencyTable frequencies;
    private readonly float[] values;
    private readonly float[] bits;

    /// <summary>Takes the frequencies of all symbols, and what they stand for.</summary>
    public LevelTable(int[] frequencies, float[] values)
    {
        (this.frequencies, this.values) = (new FrequencyTable(frequencies), values);
        // The escape's place holds what it costs with its length field.
        bits = [.. Enumerable.Range(0, frequencies.Length).Select(symbol => (float)(this.frequencies.Bits(symbol) + (symbol == Escape ? LengthBits : 0) + (symbol > 0 ? 1 : 0)))];
    }

    private int Escape => frequencies.Count - 1;

    /// <summary>The table between those of two neighbouring steps: probabilities and values of both in shares of <see cref="BetweenSteps{T}.Parts"/>.</summary>
    public static LevelTable Between(LevelTable coarse, LevelTable fine, int share)
    {
        const int parts = BetweenSteps<LevelTable>.Parts;
        var escape = Math.Max(coarse.Escape, fine.Escape);
        var (left, right) = (coarse.Weights(escape), fine.Weights(escape));
        // Whole numbers and powers of two, so that both sides round alike.
        var made = FrequencyTable.FromWeights([.. left.Zip(right, (a, b) => (parts - share) * a + share * b)]);
        return new LevelTable(
            [.. Enumerable.Range(0, escape + 1).Select(symbol => (int)made.Of(symbol))],
            [.. Enumerable.Range(0, escape + 1).Select(level => (float)(((parts - share) * coarse.Magnitude(level) + share * fine.Magnitude(level)) / parts))]);
    }

    /// <summary>The magnitude of a value in units of the step that costs least, its squared error plus <paramref name="price"/> for every bit.</summary>
    /// <remarks>The two levels around the value and zero are tried; at a price of 0 the plain dead zone decides.</remarks>
    public int Choose(double magnitude, double price)
    {
        var plain = DeadZone.Level(magnitude, 1);
        if (price == 0 || plain == 0)
            return plain;
        var nearest = DeadZone.Level(magnitude + DeadZone.NearestOffset, 1);
        var (best, cost) = (0, magnitude * magnitude + price * bits[0]);
        for (var level = Math.Max(nearest - 1, 1); level <= nearest; level++)
        {
            var error = magnitude - Magnitude(level);
            var found = error * error + price * Bits(level);
            if (found < cost)
                (best, cost) = (level, found);
        }
        return best;
    }

    /// <summary>Codes a magnitude.</summary>
    public void WriteMagnitude(ISymbolWriter target, int magnitude)
    {
        target.Encode(frequencies, Math.Min(magnitude, Escape));
        if (magnitude < Escape)
            return;
        var excess = (uint)(magnitude - Escape + 1);
        var length = BitOperations.Log2(excess);
        target.EncodeUniform((uint)length, LengthBits);
        if (length > 0)
            target.EncodeUniform(excess - (1u << length), length);
    }

    /// <summary>Codes a level with its sign.</summary>
    public void Write(ISymbolWriter target, int level)
    {
        WriteMagnitude(target, Math.Abs(level));
        if (level != 0)
            target.EncodeUniform(level < 0 ? 1u : 0, 1);
    }

    /// <summary>What a magnitude and a sign of 1 bit cost [bit].</summary>
    public double Bits(int magnitude) =>
        magnitude < Escape ? bits[magnitude] : bits[Escape] + BitOperations.Log2((uint)(magnitude - Escape + 1));

    /// <summary>What a magnitude stands for, in units of the step.</summary>
    public double Magnitude(int magnitude) => magnitude < Escape ? values[magnitude] : DeadZone.Value(magnitude);

    /// <summary>Decodes a magnitude.</summary>
    public int ReadMagnitude(ArithmeticDecoder source)
    {
        var magnitude = source.Decode(frequencies);
        if (magnitude < Escape)
            return magnitude;
        var length = (int)source.DecodeUniform(LengthBits);
        var rest = length > 0 ? source.DecodeUniform(length) : 0;
        return Escape - 1 + (int)((1u << length) + rest);
    }

    /// <summary>Decodes a level with its sign to what it stands for, in units of the step.</summary>
    public double Read(ArithmeticDecoder source)
    {
        var magnitude = ReadMagnitude(source);
        if (magnitude == 0)
            return 0;
        var value = Magnitude(magnitude);
        return source.DecodeUniform(1) == 1 ? -value : value;
    }

    // Frequencies up to an escape that may lie beyond this table's own, whose share then is split as its code does.
    private double[] Weights(int escape)
    {
        var weights = new double[escape + 1];
        for (var level = 0; level < Escape; level++)
            weights[level] = frequencies.Of(level);
        double left = frequencies.Of(Escape);
        for (var level = Escape; level < escape; level++)
        {
            weights[level] = frequencies.Of(Escape) * Math.ScaleB(1, -LengthBits - BitOperations.Log2((uint)(level - Escape + 1)));
            left -= weights[level];
        }
        weights[escape] = left;
        return weights;
    }
}
