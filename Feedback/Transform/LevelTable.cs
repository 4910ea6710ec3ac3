using System.Numerics;
using Feedback.Coding;

namespace Feedback.Transform;

/// <summary>The quantised values of one class at one step: what their magnitudes cost and what they stand for.</summary>
/// <remarks>Symbols are the magnitudes 0 … n-1 and the escape n, behind which the excess r ≥ 0 follows as ⌊log2(r+1)⌋ in 4 bits and the rest of r+1.</remarks>
internal sealed class LevelTable
{
    private const int LengthBits = 4;
    private readonly FrequencyTable frequencies;
    private readonly float[] values;
    private readonly double width;

    /// <summary>Frequencies end with zeros where there are fewer symbols than places.</summary>
    public LevelTable(int[] padded, float[] values, double width)
    {
        frequencies = new FrequencyTable([.. padded.TakeWhile(frequency => frequency > 0)]);
        this.values = values;
        this.width = width;
    }

    private int Escape => frequencies.Count - 1;

    /// <summary>Codes a level with its sign.</summary>
    public void Write(ArithmeticEncoder encoder, int level)
    {
        var magnitude = Math.Abs(level);
        encoder.Encode(frequencies, Math.Min(magnitude, Escape));
        if (magnitude >= Escape)
        {
            var excess = (uint)(magnitude - Escape + 1);
            var length = BitOperations.Log2(excess);
            encoder.EncodeUniform((uint)length, LengthBits);
            if (length > 0)
                encoder.EncodeUniform(excess - (1u << length), length);
        }
        if (magnitude > 0)
            encoder.EncodeUniform(level < 0 ? 1u : 0, 1);
    }

    /// <summary>Decodes a value.</summary>
    public float Read(ArithmeticDecoder decoder)
    {
        var magnitude = decoder.Decode(frequencies);
        if (magnitude == 0)
            return 0;
        var value = magnitude < Escape ? values[magnitude] : (float)DeadZone.Value(ReadEscaped(decoder), width);
        return decoder.DecodeUniform(1) == 1 ? -value : value;
    }

    /// <summary>-log2 of the probability of a level with its sign [bit].</summary>
    public double Bits(int level)
    {
        var magnitude = Math.Abs(level);
        var bits = frequencies.Bits(Math.Min(magnitude, Escape)) + (magnitude > 0 ? 1 : 0);
        return magnitude < Escape ? bits : bits + LengthBits + BitOperations.Log2((uint)(magnitude - Escape + 1));
    }

    private int ReadEscaped(ArithmeticDecoder decoder)
    {
        var length = (int)decoder.DecodeUniform(LengthBits);
        var rest = length > 0 ? decoder.DecodeUniform(length) : 0;
        return Escape - 1 + (int)((1u << length) + rest);
    }
}
