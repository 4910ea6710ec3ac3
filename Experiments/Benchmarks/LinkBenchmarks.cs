using Experiments.Configuration;
using Experiments.Planning;
using Simulator;
using static TorchSharp.torch;

namespace Experiments.Benchmarks;

/// <summary>Times every step of the link with every plug-in that the points of one scenario use.</summary>
internal sealed class LinkBenchmarks
{
    private readonly IReadOnlyList<PlannedPoint> points;
    private readonly int drops;
    private readonly PlannedPoint point;
    private readonly LinkSimulation link;

    public LinkBenchmarks(IReadOnlyList<PlannedPoint> points, int drops)
    {
        (this.points, this.drops) = (points, drops);
        point = points.MaxBy(candidate => candidate.Group.Users)!;
        link = new LinkSimulation(point.Group.Transform, point.Streams);
    }

    /// <summary>Drops drawn on all subcarriers, and straight to the angular-delay crop where the model can.</summary>
    public IEnumerable<BenchmarkResult> Channels()
    {
        foreach (var group in points.Select(candidate => candidate.Group).DistinctBy(group => group.Canonical))
        {
            var model = group.Channel();
            var name = FormattableString.Invariant($"{group.Scenario}, {group.Users} users, {group.Grid.Subcarriers} subcarriers");
            yield return Stopwatches.Time("channels", name, "drops", drops, () => model.Draw(drops, group.Grid, new Generator(1)));
            if (model is IAngularDelayChannelModel fast)
            {
                var crop = FormattableString.Invariant($"{group.Scenario}, {group.Users} users, crop of {group.Transform.Delays} delays");
                yield return Stopwatches.Time(
                    "channels", crop, "drops", 1000, () => fast.DrawAngularDelay(1000, group.Grid, group.Transform.Delays, new Generator(1)));
            }
        }
    }

    /// <summary>Reports encoded and decoded.</summary>
    public IEnumerable<BenchmarkResult> Feedback()
    {
        using var scope = NewDisposeScope();
        var measurement = LinkSimulation.Measure(Drop(), point.Estimator(), new Generator(2));
        foreach (var setting in points.Select(candidate => candidate.Scheme).DistinctBy(setting => setting.Canonical))
        {
            var scheme = setting.Create();
            var messages = scheme.Encode(measurement);
            var name = $"{setting.Name} {setting.Setting}".TrimEnd();
            yield return Stopwatches.Time("feedback", $"{name}: encode", "reports", messages.Count, () => scheme.Encode(measurement));
            yield return Stopwatches.Time("feedback", $"{name}: decode", "reports", messages.Count, () => scheme.Decode(messages));
        }
    }

    /// <summary>Precoders designed on every subcarrier.</summary>
    public IEnumerable<BenchmarkResult> Precoders()
    {
        using var scope = NewDisposeScope();
        var outcome = Outcome();
        foreach (var entry in Catalogues.Precoders.Entries)
        {
            var precoder = entry.Create(entry.DefaultOptions(), new NoOptions());
            yield return Stopwatches.Time(
                "precoders", entry.Name, "drops", drops, () => precoder.Design(outcome.Rows, outcome.Active, outcome.NoiseVariance));
        }
    }

    /// <summary>Metrics evaluated on a block.</summary>
    public IEnumerable<BenchmarkResult> Metrics()
    {
        using var scope = NewDisposeScope();
        var outcome = Outcome();
        foreach (var (name, metric) in Catalogues.Metrics.All)
        {
            yield return Stopwatches.Time("metrics", name, "drops", drops, () => metric.Evaluate(outcome));
        }
    }

    private ChannelDrop Drop() => point.Group.Channel().Draw(drops, point.Group.Grid, new Generator(1));

    private LinkOutcome Outcome()
    {
        var drop = Drop();
        return link.Transmit(drop, FeedbackExchange.Perfect(drop.Channel.flatten(0, 2)), point.Precoder, 0.1);
    }
}
