using Feedback.Coding;

namespace Feedback.SparsePaths;

/// <summary>Counts magnitudes of paths into the tables of <see cref="CountedPrior"/> and <see cref="ComponentRings"/>.</summary>
internal static class MagnitudeFit
{
    private const int Buckets = Magnitude.Buckets;
    private const double PooledWeight = 20;
    private const double ShiftWeight = 10;
    private const double EndShare = 0.1;
    private const double Unseen = 0.01;

    /// <summary>The table of first paths, [bucket].</summary>
    public static int[] First(IEnumerable<IReadOnlyList<CodedPath>> reports)
    {
        var counts = Enumerable.Repeat(2 * Unseen, Buckets).ToArray();
        foreach (var report in reports)
            counts[report.Count == 0 ? 0 : report[0].Bucket]++;
        return Frequencies(counts);
    }

    /// <summary>The tables of later paths, [order][bucket before][bucket].</summary>
    /// <remarks>A row leans on that of all orders, and that one on what is seen of differences in all rows.</remarks>
    public static int[] Later(IEnumerable<IReadOnlyList<CodedPath>> reports)
    {
        var counts = new double[CountedPrior.Orders, Buckets, Buckets];
        var all = new double[Buckets, Buckets];
        var shifts = new double[2 * Buckets];
        foreach (var report in reports)
        {
            for (var k = 1; k <= report.Count; k++)
            {
                var (before, bucket) = (report[k - 1].Bucket, k < report.Count ? report[k].Bucket : 0);
                counts[CountedPrior.Order(k), before, bucket]++;
                all[before, bucket]++;
                if (bucket > 0)
                    shifts[bucket - before + Buckets]++;
            }
        }
        var result = new int[counts.Length];
        for (var before = 0; before < Buckets; before++)
        {
            var shifted = Enumerable.Range(0, Buckets).Select(bucket => bucket > 0 ? shifts[bucket - before + Buckets] + Unseen : 0).ToArray();
            shifted[0] = EndShare * shifted.Sum();
            var pooled = Lean(Enumerable.Range(0, Buckets).Select(bucket => all[before, bucket]), shifted, ShiftWeight);
            for (var order = 0; order < CountedPrior.Orders; order++)
            {
                var row = Lean(Enumerable.Range(0, Buckets).Select(bucket => counts[order, before, bucket]), pooled, PooledWeight);
                Frequencies(row).CopyTo(result, (order * Buckets + before) * Buckets);
            }
        }
        return result;
    }

    /// <summary>The tables of components, [bucket][difference].</summary>
    public static int[] Components(IEnumerable<IReadOnlyList<CodedPath>> reports)
    {
        var counts = new double[Buckets, ComponentRings.Differences];
        var all = Enumerable.Repeat(Unseen, ComponentRings.Differences).ToArray();
        foreach (var path in reports.SelectMany(report => report))
        {
            foreach (var ring in path.Rings)
            {
                var difference = ComponentRings.Difference(path.Bucket, ring);
                counts[path.Bucket, difference]++;
                all[difference]++;
            }
        }
        var result = new int[counts.Length];
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            var row = Lean(Enumerable.Range(0, ComponentRings.Differences).Select(difference => counts[bucket, difference]), all, PooledWeight);
            Frequencies(row).CopyTo(result, bucket * ComponentRings.Differences);
        }
        return result;
    }

    /// <summary>Mean magnitude along the point sent, for each of the first rings.</summary>
    public static float[] Radii(IEnumerable<(int Ring, double Magnitude)> seen)
    {
        var radii = PolarQuantizer.PlainRadii;
        foreach (var ring in seen.Where(found => found.Ring > 0 && found.Ring < radii.Length).GroupBy(found => found.Ring))
            radii[ring.Key] = (float)((PooledWeight * ring.Key + ring.Sum(found => found.Magnitude)) / (PooledWeight + ring.Count()));
        return radii;
    }

    private static double[] Lean(IEnumerable<double> counts, double[] prior, double weight)
    {
        double[] own = [.. counts];
        var (sum, total) = (own.Sum(), prior.Sum());
        return [.. own.Select((count, i) => (count + weight * prior[i] / total) / (sum + weight))];
    }

    private static int[] Frequencies(IReadOnlyList<double> weights)
    {
        var table = FrequencyTable.FromWeights(weights);
        return [.. Enumerable.Range(0, table.Count).Select(symbol => (int)table.Of(symbol))];
    }
}
