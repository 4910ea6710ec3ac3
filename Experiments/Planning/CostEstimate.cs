using System.Globalization;

namespace Experiments.Planning;

/// <summary>A rough forecast of the time that an experiment takes on one core, from the sizes of its tensors.</summary>
/// <remarks>The rates are those of a server core of 2020; schemes with networks or models of many rays take longer.</remarks>
public sealed class CostEstimate
{
    private const double ChannelSecondsPerEntry = 5e-7;
    private const double PointSecondsPerEntry = 3.3e-7;
    private const double PointSecondsPerBlock = 0.02;
    private readonly ExperimentPlan plan;

    /// <summary>Creates the forecast.</summary>
    /// <param name="plan">The experiment.</param>
    public CostEstimate(ExperimentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        this.plan = plan;
    }

    /// <summary>Time of all points and of the channels that they share [s].</summary>
    public double TotalSeconds => plan.Points.Sum(Seconds)
        + plan.Points.DistinctBy(point => point.Group.Canonical).Sum(point => Blocks * EntriesPerBlock(point) * ChannelSecondsPerEntry);

    /// <summary>Memory of the largest block of channels [MiB], rounded up.</summary>
    public long PeakMebibytes => plan.Points.Count == 0 ? 0 : (long)Math.Ceiling(plan.Points.Max(EntriesPerBlock) * 8 / 1048576);

    private int Blocks => (plan.Drops + plan.BlockSize - 1) / plan.BlockSize;

    /// <summary>Time of one point, channels left out [s].</summary>
    /// <param name="point">The point.</param>
    /// <returns>The forecast.</returns>
    public double Seconds(PlannedPoint point) => Blocks * (PointSecondsPerBlock + EntriesPerBlock(point) * PointSecondsPerEntry);

    /// <summary>Writes a time in a fitting unit.</summary>
    /// <param name="seconds">The time [s].</param>
    /// <returns>E.g. <c>0.4 s</c>, <c>12 s</c>, <c>3.5 min</c>, <c>2.1 h</c>.</returns>
    public static string Format(double seconds) => seconds switch
    {
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        < 7200 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0.0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h"),
    };

    private double EntriesPerBlock(PlannedPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        var array = point.Group.Transform.Array;
        // Receive antennas appear nowhere else once the group is built; streams bound them from below.
        return (double)plan.BlockSize * point.Group.Grid.Slots * point.Group.Users * point.Group.Grid.Subcarriers * point.Streams * array.Ports;
    }
}
