using System.Diagnostics;
using System.Globalization;
using Experiments.Planning;

namespace Experiments.Running;

/// <summary>Progress as plain lines, at most two a second: for logs and pipes.</summary>
public sealed class PlainProgress : IRunProgress
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);
    private readonly Lock gate = new();
    private readonly TextWriter writer;
    private readonly Dictionary<int, PointProgress> points = [];
    private Stopwatch watch = new();
    private TimeSpan last;
    private int missing;
    private int finished;

    /// <summary>Creates the progress.</summary>
    /// <param name="writer">Where lines go.</param>
    public PlainProgress(TextWriter writer) => this.writer = writer;

    /// <inheritdoc/>
    public void Begin(ExperimentPlan plan, int missing, int total)
    {
        ArgumentNullException.ThrowIfNull(plan);
        lock (gate)
        {
            (this.missing, finished, last, watch) = (missing, 0, -Pause, Stopwatch.StartNew());
            points.Clear();
            var kept = missing < total ? string.Create(CultureInfo.InvariantCulture, $", {total - missing} of {total} blocks already there") : "";
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{plan.Name}: {plan.Points.Count} points, {plan.Drops} drops each{kept}"));
        }
    }

    /// <inheritdoc/>
    public void Finish(PlannedPoint point, BlockResult result)
    {
        ArgumentNullException.ThrowIfNull(point);
        ArgumentNullException.ThrowIfNull(result);
        lock (gate)
        {
            finished++;
            if (!points.TryGetValue(point.Number, out var progress))
            {
                points.Add(point.Number, progress = new PointProgress());
            }
            progress.Add(result);
            if (watch.Elapsed - last < Pause && finished < missing)
            {
                return;
            }
            last = watch.Elapsed;
            var left = watch.Elapsed / finished * (missing - finished);
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  [{finished,4}/{missing}, {Format(left)} left] {Label(point),-44} {progress}"));
        }
    }

    /// <inheritdoc/>
    public void Fail(PlannedPoint point, Exception error)
    {
        ArgumentNullException.ThrowIfNull(point);
        ArgumentNullException.ThrowIfNull(error);
        lock (gate)
        {
            writer.WriteLine($"  failed: {Label(point)}: {error.Message.Split('\n')[0]}");
        }
    }

    /// <summary>A point in few words.</summary>
    /// <param name="point">The point.</param>
    /// <returns>Number, scenario, scheme, setting and link.</returns>
    internal static string Label(PlannedPoint point)
    {
        var scheme = $"{point.Scheme.Name} {point.Scheme.Setting}".TrimEnd();
        var users = point.Group.Users > 1 ? "users" : "user";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{point.Number}: {point.Group.Scenario}, {scheme}, {point.Group.Users} {users} at {point.SnrDecibels} dB");
    }

    /// <summary>Minutes and seconds.</summary>
    /// <param name="time">The time.</param>
    /// <returns>m:ss, or h:mm:ss from an hour on.</returns>
    internal static string Format(TimeSpan time) =>
        time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
}
