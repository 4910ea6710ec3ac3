using Experiments.Planning;
using Experiments.Reporting;
using MathNet.Numerics.Statistics;
using Simulator;

namespace Experiments.Running;

/// <summary>Turns the blocks of a point into its row of results: means over drops in block order, and 95 % intervals.</summary>
public sealed class PointStatistics
{
    private readonly IReadOnlyDictionary<string, IMetric> metrics;

    /// <summary>Creates the statistics.</summary>
    /// <param name="metrics">The metrics by catalogue name.</param>
    public PointStatistics(IReadOnlyDictionary<string, IMetric> metrics) => this.metrics = metrics;

    /// <summary>Averages a point over its first drops.</summary>
    /// <param name="experiment">The experiment's name.</param>
    /// <param name="point">The point.</param>
    /// <param name="blocks">Its blocks from the first on.</param>
    /// <param name="drops">Number of drops that count; the last block is cut.</param>
    /// <returns>The row.</returns>
    public PointResult Summarise(string experiment, PlannedPoint point, IReadOnlyList<BlockResult> blocks, int drops)
    {
        ArgumentNullException.ThrowIfNull(point);
        ArgumentNullException.ThrowIfNull(blocks);
        var users = point.Group.Users;
        var reports = users * point.Group.Grid.Slots;
        var bits = blocks.SelectMany(block => block.Bits).Take(drops * reports).ToList();
        var spectral = Values(blocks, "se", users, drops);
        var perfect = PerDrop(blocks.SelectMany(block => block.PerfectSpectralEfficiency).Take(drops * users), users, UserCombination.Sum);
        var efficiency = Linear(PerDrop(spectral, users, metrics["se"].Users));
        var bitsMean = Mean(bits.Select(length => (double)length)).Mean;
        return Describe(experiment, point) with
        {
            Drops = drops,
            BitsMean = bitsMean,
            BitsMinimum = bits.Min(),
            BitsMaximum = bits.Max(),
            NmseDecibels = Scaled(blocks, "nmse", users, drops),
            NmseCropDecibels = Scaled(blocks, "nmse-crop", users, drops),
            Rho = Scaled(blocks, "rho", users, drops),
            Sgcs = Scaled(blocks, "sgcs", users, drops),
            SpectralEfficiency = efficiency,
            PerfectSpectralEfficiency = Mean(perfect).Mean,
            NetSpectralEfficiency = efficiency.Value * NetShare(point, bitsMean),
            UserQuantile = spectral.Where(value => !double.IsNaN(value)).Quantile(0.05),
            Further = Conventions(blocks, users, drops),
        };
    }

    /// <summary>The row of a point that failed.</summary>
    /// <param name="experiment">The experiment's name.</param>
    /// <param name="point">The point.</param>
    /// <param name="error">Why.</param>
    /// <returns>The row without numbers.</returns>
    public static PointResult Failed(string experiment, PlannedPoint point, string error) =>
        Describe(experiment, point) with { Error = error };

    private static PointResult Describe(string experiment, PlannedPoint point) => new()
    {
        Experiment = experiment,
        Scenario = point.Group.Scenario,
        Scheme = point.Scheme.Name,
        Setting = point.Scheme.Setting,
        Users = point.Group.Users,
        Precoder = point.PrecoderName,
        SnrDecibels = point.SnrDecibels,
        Drops = 0,
        Estimator = point.EstimatorName,
    };

    // Net SE = SE·(1 - U·b̄/(η B T)): the uplink spends U·b̄ bits a report period.
    private static double NetShare(PlannedPoint point, double bits) =>
        1 - point.Group.Users * bits / (point.UplinkEfficiency * point.Group.Grid.Bandwidth * point.ReportPeriod);

    private IReadOnlyDictionary<string, double> Conventions(IReadOnlyList<BlockResult> blocks, int users, int drops) =>
        metrics.ContainsKey("nmse-crop") && metrics.ContainsKey("crop-energy")
            ? ErrorConventions.Cropped(Values(blocks, "nmse-crop", users, drops), Values(blocks, "crop-energy", users, drops))
            : new Dictionary<string, double>();

    private Estimate Scaled(IReadOnlyList<BlockResult> blocks, string name, int users, int drops)
    {
        if (!metrics.TryGetValue(name, out var metric))
        {
            return Estimate.Undefined;
        }
        var linear = Mean(PerDrop(Values(blocks, name, users, drops), users, metric.Users));
        return metric.Scale == MetricScale.Decibels ? Decibels(linear) : Linear(linear);
    }

    private static List<double> Values(IReadOnlyList<BlockResult> blocks, string name, int users, int drops) =>
        blocks.SelectMany(block => block.Metrics[name]).Take(drops * users).ToList();

    private static IEnumerable<double> PerDrop(IEnumerable<double> values, int users, UserCombination combination) =>
        values.Chunk(users).Select(drop => combination == UserCombination.Sum ? drop.Sum() : drop.Average());

    private static RunningMean Mean(IEnumerable<double> values)
    {
        var mean = new RunningMean();
        foreach (var value in values)
        {
            mean.Add(value);
        }
        return mean;
    }

    private static Estimate Linear(IEnumerable<double> values) => Linear(Mean(values));

    private static Estimate Linear(RunningMean mean) => new(mean.Mean, mean.Mean - mean.HalfWidth, mean.Mean + mean.HalfWidth);

    // The interval of the linear mean carried over by the derivative of the logarithm, so that it stays finite.
    private static Estimate Decibels(RunningMean mean)
    {
        var value = 10 * Math.Log10(mean.Mean);
        var half = 10 / Math.Log(10) * mean.HalfWidth / mean.Mean;
        return new Estimate(value, value - half, value + half);
    }
}
