using System.Diagnostics;
using Experiments.Planning;
using Simulator;
using static TorchSharp.torch;

namespace Experiments.Running;

/// <summary>Computes points of one channel group on one block of drops, sharing whatever does not differ between them.</summary>
/// <remarks>Channel and measurement are drawn once, each scheme encodes once, and each precoder and SNR has one perfect-CSI reference.</remarks>
public sealed class BlockRunner
{
    private const string SpectralEfficiency = "se";
    private readonly IReadOnlyDictionary<string, IMetric> metrics;
    private readonly SharedInstances instances;
    private readonly Device device;

    /// <summary>Creates a runner.</summary>
    /// <param name="metrics">What is evaluated, by catalogue name; <c>se</c> is among them.</param>
    /// <param name="instances">The channel models and schemes, made once for all blocks.</param>
    /// <param name="device">Where the link is computed.</param>
    public BlockRunner(IReadOnlyDictionary<string, IMetric> metrics, SharedInstances instances, Device device)
    {
        this.metrics = metrics;
        this.instances = instances;
        this.device = device;
    }

    /// <summary>Computes the points one after the other.</summary>
    /// <param name="points">Points of one group, in order.</param>
    /// <param name="block">Drop-block index.</param>
    /// <param name="size">B, drops a block.</param>
    /// <param name="done">Told of each finished point at once.</param>
    /// <param name="failed">Told of each point that failed; the others go on.</param>
    /// <param name="cancellation">Ends the work after the current point.</param>
    public void Run(
        IReadOnlyList<PlannedPoint> points,
        int block,
        int size,
        Action<PlannedPoint, BlockResult> done,
        Action<PlannedPoint, Exception> failed,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(points);
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        using var features = new ChannelFeatures();
        var group = points[0].Group;
        var (drop, truth) = Draw(group, block, size);
        var references = new Dictionary<string, double[]>();
        foreach (var measured in points.GroupBy(point => point.EstimatorName).Select(found => found.ToList()))
        {
            Attempt(measured, failed, () =>
            {
                using var measuredScope = NewDisposeScope();
                var measurement = Measure(measured[0], drop, block);
                foreach (var encoded in measured.GroupBy(point => point.Scheme.Canonical).Select(found => found.ToList()))
                {
                    Attempt(encoded, failed, () =>
                    {
                        cancellation.ThrowIfCancellationRequested();
                        using var encodedScope = NewDisposeScope();
                        var exchange = LinkSimulation.Exchange(measurement, instances.Scheme(encoded[0].Scheme));
                        foreach (var point in encoded)
                        {
                            cancellation.ThrowIfCancellationRequested();
                            Attempt([point], failed, () => done(point, Evaluate(point, block, drop, exchange, truth, references, features)));
                        }
                    });
                }
            });
        }
    }

    /// <summary>Draws a block of drops; recorded ones are used once and in order, and their last block may be a short one.</summary>
    /// <param name="model">The channel model.</param>
    /// <param name="grid">Slots and subcarriers.</param>
    /// <param name="block">Drop-block index, from 0.</param>
    /// <param name="size">B, drops a block.</param>
    /// <param name="random">The generator of this block.</param>
    /// <returns>H <c>[B, T, U, S, R, A]</c> with its removed gain <c>[B, U]</c>, owned by the caller's dispose scope.</returns>
    internal static ChannelDrop Draw(IChannelModel model, ResourceGrid grid, int block, int size, Generator random) => model switch
    {
        IRecordedChannelModel recorded => recorded.Read(block * size, Math.Min(size, recorded.Count - block * size), grid),
        _ => model.Draw(size, grid, random),
    };

    // What goes wrong for some points leaves the others alone; a disk that cannot be written or an interruption ends the run.
    private static void Attempt(IEnumerable<PlannedPoint> points, Action<PlannedPoint, Exception> failed, Action work)
    {
        try
        {
            work();
        }
        catch (Exception error) when (error is not (IOException or UnauthorizedAccessException or OperationCanceledException))
        {
            foreach (var point in points)
            {
                failed(point, error);
            }
        }
    }

    private (ChannelDrop Drop, FeedbackExchange Truth) Draw(ChannelGroup group, int block, int size)
    {
        using var random = Seeded(group, block, "channel");
        var drawn = Draw(instances.Channel(group), group.Grid, block, size, random);
        var drop = new ChannelDrop(drawn.Channel.to(device), drawn.PowerGain.to(device));
        return (drop, FeedbackExchange.Perfect(drop.Channel.flatten(0, 2)));
    }

    private static Measurement Measure(PlannedPoint point, ChannelDrop drop, int block)
    {
        using var random = Seeded(point.Group, block, "estimation");
        return LinkSimulation.Measure(drop, point.Estimator(), random);
    }

    private static Generator Seeded(ChannelGroup group, int block, string purpose) =>
        new(SeedSequence.Derive(group.Seed, ScenarioDraft.Environment(group.Canonical), block, purpose));

    private BlockResult Evaluate(
        PlannedPoint point,
        int block,
        ChannelDrop drop,
        FeedbackExchange exchange,
        FeedbackExchange truth,
        Dictionary<string, double[]> references,
        ChannelFeatures features)
    {
        var watch = Stopwatch.StartNew();
        using var scope = NewDisposeScope();
        var link = new LinkSimulation(point.Group.Transform, point.Streams);
        var noiseVariance = Math.Pow(10, -point.SnrDecibels / 10);
        var outcome = link.Transmit(drop, exchange, point.Precoder, noiseVariance, features);
        var values = new SortedDictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var (name, metric) in metrics)
        {
            values[name] = metric.Evaluate(outcome).cpu().data<double>().ToArray();
        }
        var reference = FormattableString.Invariant($"{point.Streams} {point.PrecoderName} {noiseVariance:R}");
        if (!references.TryGetValue(reference, out var perfect))
        {
            var ideal = link.Transmit(drop, truth, point.Precoder, noiseVariance);
            perfect = metrics[SpectralEfficiency].Evaluate(ideal).cpu().data<double>().ToArray();
            references.Add(reference, perfect);
        }
        return new BlockResult
        {
            Point = ResultFolder.Identity(point),
            Block = block,
            Drops = (int)drop.Channel.shape[0],
            Users = (int)drop.Channel.shape[2],
            Bits = exchange.Bits.cpu().data<long>().ToArray(),
            Metrics = values,
            PerfectSpectralEfficiency = perfect,
            Seconds = watch.Elapsed.TotalSeconds,
        };
    }
}
