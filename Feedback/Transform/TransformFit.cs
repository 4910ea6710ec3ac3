using Feedback.Fitting;
using Simulator;

namespace Feedback.Transform;

/// <summary>The scheme <c>transform</c>: a class for each bin, and for each step and class the probabilities of levels, learned from drops.</summary>
public sealed class TransformFit : IModelFit
{
    internal const string ClassesKey = "transform.classes";
    internal const string FrequenciesKey = "transform.frequencies";
    internal const string LevelsKey = "transform.levels";
    private const int MostClasses = 32;
    private const double ClassDecibels = 1.5;

    /// <inheritdoc/>
    public IModelledScheme Scheme(CsiDimensions dimensions, FittedOptions options, FittedTables tables)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        return new FittedFeedback(dimensions, options, tables, new TransformCodec(tables, dimensions.ReceiveAntennas));
    }

    /// <inheritdoc/>
    public FittedTables Fit(FittedTables frame, FitDrops drops)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(drops);
        var (receive, antennas) = (drops.Dimensions.ReceiveAntennas, drops.Dimensions.TransmitAntennas);
        var frames = new ReportFrame(drops.Dimensions, frame);
        var portions = drops.Framed(frames).Select(reports => reports.Values).ToList();
        var (classes, classOf) = Classify(Energies(portions, frames.Values / 2), receive, antennas);
        var count = classes.Max() + 1;
        var (counts, sums) = Count(portions, classOf, count);
        var frequencies = new int[counts.Length];
        var levels = new float[counts.Length];
        for (var row = 0; row < DeadZone.Steps * count; row++)
        {
            var range = new Range(row * LevelTable.Symbols, (row + 1) * LevelTable.Symbols);
            LevelTable.Fit(counts.AsSpan(range), sums.AsSpan(range), frequencies.AsSpan(range), levels.AsSpan(range));
        }
        return frame
            .With(ClassesKey, classes, frames.Delays, antennas)
            .With(FrequenciesKey, frequencies, DeadZone.Steps, count, LevelTable.Symbols)
            .With(LevelsKey, levels, DeadZone.Steps, count, LevelTable.Symbols);
    }

    private static double[] Energies(List<float[]> portions, int bins)
    {
        var energies = new double[bins];
        foreach (var parts in portions)
        {
            for (var i = 0; i < parts.Length; i++)
                energies[i / 2 % bins] += (double)parts[i] * parts[i];
        }
        return energies;
    }

    // Classes of mean energy, 1.5 dB wide from the strongest bin downwards; the last one takes all the rest.
    private static (int[] Classes, int[] ClassOf) Classify(double[] energies, int receive, int antennas)
    {
        var means = new double[energies.Length / receive];
        for (var bin = 0; bin < energies.Length; bin++)
            means[bin / (receive * antennas) * antennas + bin % antennas] += energies[bin];
        var strongest = Math.Max(means.Max(), double.Epsilon);
        var raw = means.Select(mean => mean > 0 ? (int)Math.Min(10 * Math.Log10(strongest / mean) / ClassDecibels, MostClasses - 1) : MostClasses - 1).ToArray();
        var used = raw.Distinct().Order().ToList();
        var classes = raw.Select(found => used.IndexOf(found)).ToArray();
        var classOf = Enumerable.Range(0, energies.Length).Select(bin => classes[bin / (receive * antennas) * antennas + bin % antennas]).ToArray();
        return (classes, classOf);
    }

    private static (long[] Counts, double[] Sums) Count(List<float[]> portions, int[] classOf, int classes)
    {
        var totals = new long[classes];
        var counts = new long[DeadZone.Steps * classes * LevelTable.Symbols];
        var sums = new double[counts.Length];
        var widths = Enumerable.Range(0, DeadZone.Steps).Select(step => DeadZone.Width(step)).ToArray();
        foreach (var parts in portions)
        {
            for (var i = 0; i < parts.Length; i++)
            {
                var found = classOf[i / 2 % classOf.Length];
                double magnitude = Math.Abs(parts[i]);
                totals[found]++;
                for (var step = DeadZone.Steps - 1; step >= 0 && DeadZone.Level(magnitude, 1 / widths[step]) is var level and > 0; step--)
                {
                    var place = (step * classes + found) * LevelTable.Symbols + Math.Min(level, LevelTable.Symbols - 1);
                    counts[place]++;
                    sums[place] += magnitude / widths[step];
                }
            }
        }
        // Level 0 is what is left of the total.
        for (var row = 0; row < DeadZone.Steps * classes; row++)
        {
            var levels = counts.AsSpan(row * LevelTable.Symbols, LevelTable.Symbols);
            levels[0] = totals[row % classes];
            for (var level = 1; level < LevelTable.Symbols; level++)
                levels[0] -= counts[row * LevelTable.Symbols + level];
        }
        return (counts, sums);
    }
}
