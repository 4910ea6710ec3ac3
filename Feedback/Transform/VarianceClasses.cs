namespace Feedback.Transform;

/// <summary>Classes of mean energy, 1.5 dB wide from the strongest bin downwards; the last one takes all the rest.</summary>
internal static class VarianceClasses
{
    private const int Most = 32;
    private const double Decibels = 1.5;

    /// <summary>The class of each bin; every class from 0 on has a bin.</summary>
    public static int[] Of(IReadOnlyList<double> energies)
    {
        var strongest = Math.Max(energies.Max(), double.Epsilon);
        var raw = energies.Select(energy => energy > 0 ? (int)Math.Min(10 * Math.Log10(strongest / energy) / Decibels, Most - 1) : Most - 1).ToArray();
        var used = raw.Distinct().Order().ToList();
        return [.. raw.Select(found => used.IndexOf(found))];
    }

    /// <summary>Counts the levels of values at all steps in rows of (step, class).</summary>
    /// <param name="values">Real and imaginary parts.</param>
    /// <param name="classOf">The class of each bin, repeated as often as there are reports.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="counts">Where to.</param>
    public static void Count(ReadOnlySpan<float> values, ReadOnlySpan<int> classOf, int classes, LevelCounts counts)
    {
        Span<double> inverses = stackalloc double[DeadZone.Steps];
        for (var step = 0; step < DeadZone.Steps; step++)
            inverses[step] = 1 / DeadZone.Width(step);
        var zeros = new long[DeadZone.Steps * classes];
        for (var i = 0; i < values.Length; i++)
        {
            var found = classOf[i / 2 % classOf.Length];
            double magnitude = Math.Abs(values[i]);
            var step = DeadZone.Steps - 1;
            for (; step >= 0 && DeadZone.Level(magnitude, inverses[step]) is var level and > 0; step--)
                counts.Add(step * classes + found, level, magnitude * inverses[step]);
            // What is zero at a step is zero at all coarser ones.
            if (step >= 0)
                zeros[step * classes + found]++;
        }
        for (var row = zeros.Length - 1; row >= 0; row--)
        {
            zeros[row] += row + classes < zeros.Length ? zeros[row + classes] : 0;
            counts.AddZeros(row, zeros[row]);
        }
    }
}
