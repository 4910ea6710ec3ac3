using Channels;
using Experiments.Planning;
using Experiments.Reporting;
using Experiments.Running;
using Feedback;
using Feedback.Quantization;
using Simulator;
using Simulator.Estimation;
using Simulator.Metrics;
using Simulator.Precoding;

namespace Tests.Experiments.Running;

/// <summary>An experiment of four quick points in two channel groups, made without a YAML file.</summary>
internal static class SmallPlan
{
    public static readonly IReadOnlyDictionary<string, IMetric> Metrics = new Dictionary<string, IMetric>
    {
        ["nmse"] = new NormalizedMeanSquareError(),
        ["se"] = new SpectralEfficiency(),
    };

    public static ExperimentPlan Create(int drops, string name = "small", ulong seed = 1) => new()
    {
        Name = name,
        Drops = drops,
        BlockSize = 16,
        Seed = seed,
        Points = [.. Points(seed)],
        ResolvedInput = $$"""{ "seed": {{seed}}, "drops": {{drops}} }""",
    };

    public static Manifest Manifest(ExperimentPlan plan) => new()
    {
        Experiment = plan.Name,
        ResolvedInput = plan.ResolvedInput,
        Seeds = new Dictionary<string, ulong> { ["root"] = plan.Seed },
        Version = "test",
    };

    public static byte[] Run(ExperimentPlan plan, string folder, int workers = 1, int task = 1, int of = 1, IRunProgress? progress = null)
    {
        using var session = new ExperimentSession(plan, Manifest(plan), folder, task, of);
        var blocks = new BlockRunner(Metrics, new SharedInstances(), TorchSharp.torch.CPU);
        session.Run(blocks, progress ?? new PlainProgress(TextWriter.Null), workers, task, of, CancellationToken.None);
        session.Conclude(Metrics);
        var csv = Path.Combine(folder, "results.csv");
        return File.Exists(csv) ? File.ReadAllBytes(csv) : [];
    }

    private static IEnumerable<PlannedPoint> Points(ulong seed)
    {
        var number = 0;
        foreach (var users in new[] { 1, 3 })
        {
            foreach (var precision in new[] { "single", "half" })
            {
                yield return Point(++number, users, precision, seed);
            }
        }
    }

    private static PlannedPoint Point(int number, int users, string precision, ulong seed)
    {
        var array = new AntennaArray(8);
        var dimensions = new CsiDimensions(16, 1, array);
        var options = new UncompressedOptions
        {
            Precision = precision == "half" ? FloatPrecision.Half : FloatPrecision.Single,
        };
        return new PlannedPoint
        {
            Number = number,
            Group = new ChannelGroup
            {
                Scenario = "rayleigh",
                Canonical = $$"""{"channel":"rayleigh","users":{{users}}}""",
                Seed = seed,
                Users = users,
                Grid = new ResourceGrid(16, 1e6),
                Transform = new AngularDelayTransform(array, 16, 8),
                Channel = () => new RayleighChannel(new RayleighOptions { Users = users, Array = array }),
            },
            Scheme = new SchemeSetting
            {
                Name = "uncompressed",
                Setting = $"precision={precision}",
                Canonical = $$"""{"scheme":"uncompressed","precision":"{{precision}}"}""",
                Create = () => new UncompressedFeedback(dimensions, options),
            },
            EstimatorName = "noisy 10 dB",
            Estimator = () => new NoisyEstimator(10),
            PrecoderName = "zero-forcing",
            Precoder = new ZeroForcing(),
            Streams = 1,
            SnrDecibels = 10,
            ReportPeriod = 5e-3,
            UplinkEfficiency = 1,
            Canonical = $$"""{"seed":{{seed}},"users":{{users}},"precision":"{{precision}}"}""",
        };
    }
}
