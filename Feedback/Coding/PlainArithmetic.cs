using System.Numerics;
using System.Runtime.Intrinsics;

namespace Feedback.Coding;

/// <summary>Functions by additions, multiplications and divisions alone, so that every machine finds the same bits.</summary>
internal static class PlainArithmetic
{
    private const double LogarithmOfTwo = 0.693147180559945309;
    private const int Terms = 14;
    private static readonly float[] Inverted = [1f / 120, 1f / 24, 1f / 6, 0.5f, 1, 1];
    private static readonly double[] Inverses = [0, .. Enumerable.Range(1, Terms).Select(term => 1.0 / term)];

    /// <summary>2^x for |x| up to 1,000; within 1e-15.</summary>
    public static double PowerOfTwo(double exponent)
    {
        var bounded = Math.Clamp(exponent, -1000, 1000);
        var whole = Math.Floor(bounded);
        var rest = (bounded - whole) * LogarithmOfTwo;
        var sum = 1.0;
        for (var term = Terms; term > 0; term--)
            sum = 1 + sum * rest * Inverses[term];
        return sum * BitConverter.Int64BitsToDouble((long)(whole + 1023) << 52);
    }

    /// <summary>2^x for x ≤ 0, number by number; within 3e-7 of it, and no less than 2^-126.</summary>
    public static Vector256<float> PowerOfTwo(Vector256<float> exponent)
    {
        var bounded = Vector256.Max(exponent, Vector256.Create(-126f));
        var whole = Vector256.Floor(bounded + Vector256.Create(0.5f));
        var rest = (bounded - whole) * (float)LogarithmOfTwo;
        var sum = Vector256.Create(1f / 720);
        foreach (var term in Inverted)
            sum = Vector256.FusedMultiplyAdd(sum, rest, Vector256.Create(term));
        return sum * ((Vector256.ConvertToInt32(whole) + Vector256.Create(127)) << 23).AsSingle();
    }

    /// <summary>1/(1 + e^-x).</summary>
    public static double Logistic(double value) => 1 / (1 + PowerOfTwo(-value / LogarithmOfTwo));

    /// <summary>log2(1 + n) of whole numbers n ≥ 0, straight between powers of two.</summary>
    public static float Size(int value)
    {
        var octave = BitOperations.Log2((uint)value + 1);
        return octave + (float)(value + 1) / (1 << octave) - 1;
    }

    /// <summary>x/(n + |x|).</summary>
    public static float Squash(float value, float unit) => value / (unit + Math.Abs(value));

    /// <summary>A number of bits out of 2^16 for a probability; never none, never all.</summary>
    public static uint Frequency(double probability) => double.IsNaN(probability) ? 1u << 15 : (uint)Math.Clamp(Math.Floor(probability * 65_536 + 0.5), 1, 65_535);
}
