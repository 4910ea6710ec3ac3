using Feedback.Coding;
using Feedback.Quantization;
using static TorchSharp.torch;

namespace Feedback.Transform;

/// <summary>Fits the classes, probabilities and levels of <see cref="TransformFeedback"/> to crops.</summary>
public static class TransformFit
{
    private const int MostClasses = 32;
    private const double ClassDecibels = 1.5;
    private const int Symbols = TransformModel.MostLevels + 1;

    /// <summary>Fits a model.</summary>
    /// <param name="name">Its name for messages.</param>
    /// <param name="crops">Portions of crops of any scale, complex64 <c>[n, D, R, A]</c>; borrowed.</param>
    /// <returns>The model.</returns>
    public static TransformModel Fit(string name, IReadOnlyList<Tensor> crops)
    {
        ArgumentNullException.ThrowIfNull(crops);
        var (receive, antennas) = ((int)crops[0].shape[2], (int)crops[0].shape[3]);
        var portions = crops.Select(Normalised).ToList();
        var bins = (int)(crops[0].shape[1] * receive * antennas);
        var (classes, classOf) = Classify(Energies(portions, bins), receive, antennas);
        var count = classes.Max() + 1;
        var (totals, counts, sums) = Count(portions, classOf, count);
        var frequencies = new int[counts.Length];
        var levels = new float[counts.Length];
        for (var row = 0; row < DeadZone.Steps * count; row++)
        {
            var range = new Range(row * Symbols, (row + 1) * Symbols);
            FitTable(totals[row % count], counts.AsSpan(range), sums.AsSpan(range), DeadZone.Width(row / count), frequencies.AsSpan(range), levels.AsSpan(range));
        }
        return new TransformModel(name, antennas, classes, frequencies, levels);
    }

    // Relative to the scale that a report would send; drops without energy say nothing.
    private static float[] Normalised(Tensor crops)
    {
        using var scope = NewDisposeScope();
        var scales = new ScaleQuantizer(11);
        var parts = view_as_real(crops).cpu().contiguous().data<float>().ToArray();
        var length = parts.Length / (int)crops.shape[0];
        for (var first = 0; first < parts.Length; first += length)
        {
            var drop = parts.AsSpan(first, length);
            var level = scales.Level(TransformCoder.ScaleIndex(drop, scales));
            foreach (ref var part in drop)
                part = level > 0 ? part / level : 0;
        }
        return parts;
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

    // Level 0 is what is left of the total; the last place counts everything beyond.
    private static (long[] Totals, long[] Counts, double[] Sums) Count(List<float[]> portions, int[] classOf, int classes)
    {
        var totals = new long[classes];
        var counts = new long[DeadZone.Steps * classes * Symbols];
        var sums = new double[counts.Length];
        var widths = Enumerable.Range(0, DeadZone.Steps).Select(DeadZone.Width).ToArray();
        foreach (var parts in portions)
        {
            for (var i = 0; i < parts.Length; i++)
            {
                var found = classOf[i / 2 % classOf.Length];
                double magnitude = Math.Abs(parts[i]);
                totals[found]++;
                for (var step = DeadZone.Steps - 1; step >= 0 && DeadZone.Level(magnitude, widths[step]) is var level and > 0; step--)
                {
                    var place = (step * classes + found) * Symbols + Math.Min(level, Symbols - 1);
                    counts[place]++;
                    sums[place] += magnitude;
                }
            }
        }
        return (totals, counts, sums);
    }

    // Levels too rare for a frequency of 1 in 2^16 are left to the escape: each symbol of a table costs all others probability.
    private static void FitTable(long total, Span<long> counts, Span<double> sums, double width, Span<int> frequencies, Span<float> levels)
    {
        var escape = Symbols - 1;
        while (escape > 1 && counts[escape - 1] * 65_536 < total)
            escape--;
        var weights = new double[escape + 1];
        var rest = (double)total;
        for (var level = 1; level < Symbols; level++)
        {
            weights[Math.Min(level, escape)] += counts[level];
            rest -= counts[level];
        }
        weights[0] = rest;
        var table = FrequencyTable.FromWeights(weights);
        for (var level = 0; level <= escape; level++)
        {
            frequencies[level] = (int)table.Of(level);
            levels[level] = (float)(level > 0 && counts[level] > 0 ? sums[level] / counts[level] : DeadZone.Value(level, width));
        }
    }
}
