namespace Feedback.Coding;

/// <summary>Probabilities of symbols as integers out of 2^16, the same on both sides whatever machine they run on.</summary>
public sealed class FrequencyTable
{
    private const int Total = 1 << ArithmeticInterval.Precision;
    private const int BucketShift = 6;
    private readonly uint[] cumulative;
    private readonly ushort[] buckets = new ushort[(Total >> BucketShift) + 1];

    /// <summary>Creates a table of given frequencies.</summary>
    /// <param name="frequencies">At least 1 each, 2^16 together.</param>
    public FrequencyTable(IReadOnlyList<int> frequencies)
    {
        ArgumentNullException.ThrowIfNull(frequencies);
        if (frequencies.Count is < 1 or > Total || frequencies.Any(frequency => frequency < 1) || frequencies.Sum(frequency => (long)frequency) != Total)
        {
            throw new ArgumentException($"Frequencies must be at least 1 each and {Total} together.", nameof(frequencies));
        }
        cumulative = new uint[frequencies.Count + 1];
        for (var symbol = 0; symbol < frequencies.Count; symbol++)
        {
            cumulative[symbol + 1] = cumulative[symbol] + (uint)frequencies[symbol];
        }
        for (int bucket = 0, symbol = 0; bucket < buckets.Length; bucket++)
        {
            while (symbol < Count - 1 && cumulative[symbol + 1] <= (uint)bucket << BucketShift)
            {
                symbol++;
            }
            buckets[bucket] = (ushort)symbol;
        }
    }

    /// <summary>Number of symbols.</summary>
    public int Count => cumulative.Length - 1;

    /// <summary>Rounds weights to frequencies, at least 1 each, so that what is lost by rounding goes to the most frequent symbol.</summary>
    /// <param name="weights">At least 0 each, not all 0; 1 … 2^15 of them.</param>
    /// <returns>The table.</returns>
    public static FrequencyTable FromWeights(IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentOutOfRangeException.ThrowIfLessThan(weights.Count, 1, nameof(weights));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(weights.Count, Total / 2, nameof(weights));
        var sum = weights.Sum();
        if (!(sum > 0 && double.IsFinite(sum)) || weights.Any(weight => weight < 0))
        {
            throw new ArgumentException("Weights must be at least 0, finite, and not all 0.", nameof(weights));
        }
        var frequencies = weights.Select(weight => 1 + (int)((Total - weights.Count) * (weight / sum))).ToArray();
        frequencies[Array.IndexOf(frequencies, frequencies.Max())] += Total - frequencies.Sum();
        return new FrequencyTable(frequencies);
    }

    /// <summary>Sum of the frequencies of all smaller symbols.</summary>
    /// <param name="symbol">The symbol, 0 … Count-1.</param>
    /// <returns>0 … 2^16-1.</returns>
    public uint Below(int symbol) => cumulative[symbol];

    /// <summary>The frequency of a symbol.</summary>
    /// <param name="symbol">The symbol, 0 … Count-1.</param>
    /// <returns>1 … 2^16.</returns>
    public uint Of(int symbol) => cumulative[symbol + 1] - cumulative[symbol];

    /// <summary>What a symbol costs, -log2 of its probability [bit].</summary>
    /// <param name="symbol">The symbol, 0 … Count-1.</param>
    /// <returns>0 … 16.</returns>
    public double Bits(int symbol) => ArithmeticInterval.Precision - Math.Log2(Of(symbol));

    /// <summary>The symbol in whose share a number lies.</summary>
    /// <param name="target">0 … 2^16-1.</param>
    /// <returns>The symbol.</returns>
    public int Find(uint target)
    {
        int first = buckets[target >> BucketShift];
        int last = buckets[(target >> BucketShift) + 1];
        while (first < last)
        {
            var middle = (first + last + 1) >> 1;
            if (cumulative[middle] <= target)
            {
                first = middle;
            }
            else
            {
                last = middle - 1;
            }
        }
        return first;
    }
}
