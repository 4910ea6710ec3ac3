using System.Numerics;

namespace Feedback.Context;

/// <summary>What is known of a report while its bins are coded one after the other, the same on both sides: integers only.</summary>
/// <remarks>
/// From weights w and features f of the bin, expected magnitude E = prior + Σ w f and expected signed level μ = Σ v x over neighbours;
/// a context is a half octave of E together with an octave of what the present delay has held so far.
/// </remarks>
internal sealed class ContextState(Neighbourhood neighbours)
{
    /// <summary>Features: sums of the sets of neighbours, earlier delays at the same angle, the delay before, |μ|, the real part.</summary>
    public const int Features = Neighbourhood.Sets + 4;

    /// <summary>Number of contexts of magnitudes.</summary>
    public const int Contexts = Expectations * (Activities + Means);

    /// <summary>Number of contexts of signs.</summary>
    public const int SignContexts = 16;

    private const int Expectations = 40;
    private const int Activities = 6;
    private const int Means = 8;
    private const int Largest = 4095;
    private const int Unit = 16;
    private const int Before = Neighbourhood.Sets + 1;
    private const int Signed = Neighbourhood.Sets + 2;
    private const int Real = Neighbourhood.Sets + 3;
    private readonly int[][] levels = [new int[neighbours.Bins + 1], new int[neighbours.Bins + 1]];
    private readonly int[] magnitudes = new int[neighbours.Bins + 1];
    private readonly int[] columns = new int[neighbours.Row];
    private readonly int[] features = new int[Features];
    private int before;
    private int current;

    /// <summary>The features of the value that was prepared last, in sixteenths of a level.</summary>
    public ReadOnlySpan<int> Values => features;

    /// <summary>μ of the value that was prepared last, in 2^-12 levels.</summary>
    public long Mean { get; private set; }

    /// <summary>Starts a report.</summary>
    public void Clear()
    {
        Array.Clear(levels[0]);
        Array.Clear(levels[1]);
        Array.Clear(magnitudes);
        Array.Clear(columns);
        (before, current) = (0, 0);
    }

    /// <summary>Goes to a bin; its real part comes first.</summary>
    public void Enter(int bin)
    {
        var places = neighbours.Of(bin);
        for (var set = 0; set < Neighbourhood.Sets; set++)
        {
            var four = places.Slice(Neighbourhood.Width * set, Neighbourhood.Width);
            features[set] = Unit * (magnitudes[four[0]] + magnitudes[four[1]] + magnitudes[four[2]] + magnitudes[four[3]]);
        }
        features[Neighbourhood.Sets] = columns[bin % neighbours.Row];
        features[Before] = before;
        features[Real] = 0;
    }

    /// <summary>Prepares a part of the bin: 0 real, 1 imaginary.</summary>
    /// <returns>E in 2^-16 levels.</returns>
    public long Expect(int bin, int part, ContextWeights weights)
    {
        var places = neighbours.Of(bin);
        var (own, signed) = (levels[part], weights.Signed);
        var mean = 0L;
        for (var place = 0; place < Neighbourhood.SignedPlaces; place++)
            mean += signed[place] * own[places[place]];
        Mean = mean;
        features[Signed] = (int)(Math.Abs(mean) / (ContextWeights.One / Unit));
        var expected = (long)weights.Priors[part][bin];
        var factors = weights.Features[part];
        for (var feature = 0; feature < Features; feature++)
            expected += (long)factors[feature] * features[feature];
        return expected;
    }

    /// <summary>The context of a magnitude.</summary>
    public int ContextOf(long expected)
    {
        var mean = HalfOctave(Math.Abs(Mean), 9, Means + 1);
        var second = mean > 0 ? Activities - 1 + mean : Math.Min(BitOperations.Log2((uint)(current / Unit) + 1), Activities - 1);
        return HalfOctave(expected, 2, Expectations) * (Activities + Means) + second;
    }

    /// <summary>The context of a sign, for the value that was prepared last: whether it will be that of μ.</summary>
    public int SignContext() => HalfOctave(Math.Abs(Mean), 7, SignContexts);

    /// <summary>Learns a level of the bin.</summary>
    public void Set(int bin, int part, int level)
    {
        level = Math.Clamp(level, -Largest, Largest);
        levels[part][bin] = level;
        var magnitude = Unit * Math.Abs(level);
        if (part == 0)
        {
            features[Real] = magnitude;
            magnitudes[bin] = Math.Abs(level);
            return;
        }
        magnitudes[bin] += Math.Abs(level);
        magnitude += features[Real];
        var column = bin % neighbours.Row;
        columns[column] = (3 * columns[column] >> 2) + magnitude;
        current = Math.Min(current + magnitude, 1 << 24);
        if (column == neighbours.Row - 1)
            (before, current) = (current, 0);
    }

    // Half octaves from 2^first on.
    private static int HalfOctave(long value, int first, int count)
    {
        var octave = BitOperations.Log2((ulong)value + 1);
        return octave < first ? 0 : Math.Min(2 * (octave - first) + (int)((value + 1) >> (octave - 1) & 1), count - 1);
    }
}
