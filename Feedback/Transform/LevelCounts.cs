using Feedback.Coding;
using Feedback.Fitting;

namespace Feedback.Transform;

/// <summary>Counts magnitudes of levels in rows, one a class, context or step, and makes their tables.</summary>
internal sealed class LevelCounts(int rows)
{
    // Levels with a frequency of their own, and one place for all beyond.
    private const int Symbols = 65;
    private const double Rare = 1.0 / 65_536;
    private readonly long[] counts = new long[rows * Symbols];
    private readonly double[] sums = new double[rows * Symbols];

    /// <summary>Counts a magnitude, and what it was quantised from in units of the step.</summary>
    public void Add(int row, int magnitude, double value)
    {
        var place = row * Symbols + Math.Min(magnitude, Symbols - 1);
        counts[place]++;
        sums[place] += value;
    }

    /// <summary>Counts zeros.</summary>
    public void AddZeros(int row, long count) => counts[row * Symbols] += count;

    /// <summary>Adds the tables of all rows to a model: lengths, frequencies and values one row after the other.</summary>
    public FittedTables AddTo(FittedTables model, string prefix)
    {
        var (lengths, frequencies, values) = (new int[rows], new List<int>(), new List<float>());
        for (var row = 0; row < rows; row++)
        {
            var found = counts.AsSpan(row * Symbols, Symbols);
            var weights = Weights(found);
            var table = FrequencyTable.FromWeights(weights);
            lengths[row] = table.Count;
            for (var level = 0; level < table.Count; level++)
            {
                frequencies.Add((int)table.Of(level));
                values.Add((float)(level > 0 && found[level] > 0 ? sums[row * Symbols + level] / found[level] : DeadZone.Value(level)));
            }
        }
        return model.With(prefix + ".lengths", lengths).With(prefix + ".frequencies", [.. frequencies]).With(prefix + ".levels", [.. values]);
    }

    /// <summary>Takes the tables of all rows out of a model.</summary>
    public static LevelTable[] TablesOf(FittedTables model, string prefix)
    {
        var (lengths, frequencies, values) = (model.Integers(prefix + ".lengths"), model.Integers(prefix + ".frequencies"), model.Reals(prefix + ".levels"));
        var (tables, next) = (new LevelTable[lengths.Length], 0);
        for (var row = 0; row < tables.Length; next += lengths[row++])
            tables[row] = new LevelTable(frequencies.AsSpan(next, lengths[row]).ToArray(), values.AsSpan(next, lengths[row]).ToArray());
        return tables;
    }

    // Levels too rare for a frequency of 1 in 2^16 are left to the escape: each symbol of a table costs all others probability.
    private static double[] Weights(ReadOnlySpan<long> found)
    {
        var total = 0L;
        foreach (var count in found)
            total += count;
        var escape = Symbols - 1;
        while (escape > 1 && found[escape - 1] <= total * Rare)
            escape--;
        var weights = new double[escape + 1];
        for (var level = 0; level < Symbols; level++)
            weights[Math.Min(level, escape)] += found[level];
        if (total == 0)
            weights[0] = 1;
        return weights;
    }
}
