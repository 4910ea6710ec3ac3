namespace Feedback.Neural.Codewords;

/// <summary>Scalar quantisers of 0 … 10 bits for values of zero mean and unit variance, fitted by Lloyd's rule [LloydMax].</summary>
public sealed class ScalarTables
{
    /// <summary>The largest number of bits of a table.</summary>
    public const int MaximumBits = 10;

    private const int Rounds = 60;
    private readonly float[][] levels;

    /// <summary>Takes fitted tables.</summary>
    /// <param name="levels">The tables of 0 … 10 bits one after the other, each ascending; 2^11 - 1 levels in all.</param>
    public ScalarTables(IReadOnlyList<float> levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentOutOfRangeException.ThrowIfNotEqual(levels.Count, Count);
        this.levels = new float[MaximumBits + 1][];
        var all = levels.ToArray();
        for (var bits = 0; bits <= MaximumBits; bits++)
        {
            this.levels[bits] = all[((1 << bits) - 1)..((1 << (bits + 1)) - 1)];
            for (var index = 1; index < this.levels[bits].Length; index++)
            {
                if (!(this.levels[bits][index] >= this.levels[bits][index - 1]))
                    throw new ArgumentException($"The quantiser table of {bits} bits does not ascend at level {index}.", nameof(levels));
            }
        }
    }

    /// <summary>Number of levels of all tables together.</summary>
    public static int Count => (1 << (MaximumBits + 1)) - 1;

    /// <summary>All levels, table after table.</summary>
    public IReadOnlyList<float> Levels => levels.SelectMany(table => table).ToArray();

    /// <summary>Fits the tables to samples.</summary>
    /// <param name="samples">Values of zero mean and unit variance, at least one; sorted in place.</param>
    /// <returns>The tables.</returns>
    public static ScalarTables Fit(double[] samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfZero(samples.Length);
        Array.Sort(samples);
        var sums = new double[samples.Length + 1];
        for (var index = 0; index < samples.Length; index++)
        {
            sums[index + 1] = sums[index] + samples[index];
        }
        double[] table = [sums[^1] / samples.Length];
        var all = new List<float> { (float)table[0] };
        for (var bits = 1; bits <= MaximumBits; bits++)
        {
            table = Refine(Split(table, samples, sums), samples, sums);
            all.AddRange(table.Select(level => (float)level));
        }
        return new ScalarTables(all);
    }

    /// <summary>The index of the nearest level.</summary>
    /// <param name="value">The value.</param>
    /// <param name="bits">Which table.</param>
    /// <returns>0 … 2^bits - 1.</returns>
    public int Index(double value, int bits)
    {
        var table = levels[bits];
        var (low, high) = (0, table.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (value < ((double)table[middle] + table[middle + 1]) / 2)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    /// <summary>The level of an index.</summary>
    /// <param name="index">0 … 2^bits - 1.</param>
    /// <param name="bits">Which table.</param>
    /// <returns>The level.</returns>
    public double Level(int index, int bits) => levels[bits][index];

    // Each cell is cut at its mean, and either half starts with its own mean.
    private static double[] Split(double[] table, double[] samples, double[] sums)
    {
        var result = new double[2 * table.Length];
        for (var index = 0; index < table.Length; index++)
        {
            var (first, last) = Cell(table, index, samples);
            var middle = Math.Clamp(Position(samples, table[index]), first, last);
            result[2 * index] = Mean(sums, first, middle, table[index]);
            result[2 * index + 1] = Mean(sums, middle, last, table[index]);
        }
        return result;
    }

    private static double[] Refine(double[] table, double[] samples, double[] sums)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var next = new double[table.Length];
            for (var index = 0; index < table.Length; index++)
            {
                var (first, last) = Cell(table, index, samples);
                next[index] = Mean(sums, first, last, table[index]);
            }
            table = next;
        }
        return table;
    }

    private static (int First, int Last) Cell(double[] table, int index, double[] samples)
    {
        var first = index == 0 ? 0 : Position(samples, (table[index - 1] + table[index]) / 2);
        var last = index == table.Length - 1 ? samples.Length : Position(samples, (table[index] + table[index + 1]) / 2);
        return (first, last);
    }

    private static int Position(double[] samples, double value)
    {
        var found = Array.BinarySearch(samples, value);
        return found < 0 ? ~found : found;
    }

    private static double Mean(double[] sums, int first, int last, double otherwise) =>
        last > first ? (sums[last] - sums[first]) / (last - first) : otherwise;
}
