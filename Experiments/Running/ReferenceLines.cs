using Channels.Cost2100;
using Channels.Multipath;
using Experiments.Planning;
using Experiments.Reporting;
using Simulator;
using static TorchSharp.torch;

namespace Experiments.Running;

/// <summary>Computes lines of theory for the channels of a plan, from drops of their own.</summary>
/// <remarks>Every crop is scaled to unit energy, so that squared error is the cropped NMSE; that scale is free in both lines.</remarks>
public sealed class ReferenceLines
{
    /// <summary>The largest crop, D·R·A, of which a covariance is made.</summary>
    public const int MostCoefficients = 2048;

    private const int GaussianChannels = 8192;
    private const int GenieChannels = 48;
    private const int BlockSize = 64;
    private const double LargestBits = 1 << 14;
    private readonly int gaussianChannels;
    private readonly int genieChannels;

    /// <summary>Creates the computation with the usual numbers of channels.</summary>
    public ReferenceLines()
        : this(GaussianChannels, GenieChannels)
    {
    }

    /// <summary>Creates the computation.</summary>
    /// <param name="gaussianChannels">Channels behind the covariance.</param>
    /// <param name="genieChannels">Channels whose paths are looked at.</param>
    public ReferenceLines(int gaussianChannels, int genieChannels)
    {
        this.gaussianChannels = gaussianChannels;
        this.genieChannels = genieChannels;
    }

    /// <summary>Computes the lines of every scenario.</summary>
    /// <param name="plan">The experiment.</param>
    /// <returns>The lines, scenario by scenario.</returns>
    public IReadOnlyList<ReferenceLine> Of(ExperimentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        using var quiet = no_grad();
        // What a single user sees does not depend on the number of users.
        return [.. plan.Points.Select(point => point.Group).DistinctBy(group => group.Scenario).SelectMany(Of)];
    }

    private IEnumerable<ReferenceLine> Of(ChannelGroup group)
    {
        var model = group.Channel();
        yield return Gaussian(group, model);
        if (model is IPathModel paths and not Cost2100Channel { HasSphericalWaves: true })
        {
            yield return Genie(group, paths);
        }
    }

    private ReferenceLine Gaussian(ChannelGroup group, IChannelModel model)
    {
        using var scope = NewDisposeScope();
        Tensor? sum = null;
        var count = 0;
        for (var block = 0; count < gaussianChannels; block++)
        {
            using var inner = NewDisposeScope();
            using var random = Seeded(group, block, "reference-gaussian");
            var crops = UnitRows(Crops(group, model, random));                                      // [n, M]
            var part = matmul(crops.mH, crops).to(ScalarType.ComplexFloat64);
            sum = (sum is null ? part : sum + part).MoveToOuterDisposeScope();
            count += (int)crops.shape[0];
        }
        var source = new GaussianRateDistortion(linalg.eigvalsh(sum! / count).data<double>().ToArray(), areComplex: true);
        return new ReferenceLine(
            group.Scenario,
            "gaussian",
            "Gaussian R(D), no bound",
            "Gaussian rate-distortion function of the second-order statistics of the crop (no bound for this source)",
            count,
            Sampled([source]));
    }

    private ReferenceLine Genie(ChannelGroup group, IPathModel model)
    {
        var sources = new List<GaussianRateDistortion>();
        for (var drop = 0; sources.Count < genieChannels; drop++)
        {
            using var scope = NewDisposeScope();
            using var random = Seeded(group, drop, "reference-genie");
            var paths = model.DrawPaths(1, group.Grid, random);
            for (var user = 0; user < group.Users && sources.Count < genieChannels; user++)
            {
                using var inner = NewDisposeScope();
                var responses = model.Render(paths.Apart(0, user), group.Grid, group.Transform.Delays).flatten(1).to(ScalarType.ComplexFloat64);   // [P, M]
                // Both have the same eigenvalues; phases of the gains are turned into unitary factors and leave them alone.
                var gram = responses.shape[0] <= responses.shape[1] ? matmul(responses, responses.mH) : matmul(responses.mH, responses);
                var powers = linalg.eigvalsh(gram).data<double>().ToArray();
                sources.Add(new GaussianRateDistortion(powers.Select(power => power / powers.Sum()), areComplex: true));
            }
        }
        return new ReferenceLine(
            group.Scenario,
            "genie",
            "genie: paths given, gains coded",
            "Genie: delays, angles and powers of all paths known at no cost, their gains coded at the Gaussian rate-distortion function (not achievable)",
            sources.Count,
            Sampled(sources));
    }

    /// <summary>Mean rate and distortion of sources under one water level: a length that varies, at equal distortion.</summary>
    private static List<(double Bits, double NmseCropDecibels)> Sampled(IReadOnlyList<GaussianRateDistortion> sources)
    {
        var points = new List<(double, double)>();
        for (var decibels = -5.0; decibels >= -130; decibels -= 0.5)
        {
            var level = Math.Pow(10, decibels / 10);
            var found = sources.Select(source => source.AtLevel(level)).ToList();
            var bits = found.Average(point => point.Bits);
            if (bits is > 1 and < LargestBits)
            {
                points.Add((bits, 10 * Math.Log10(found.Average(point => point.Distortion))));
            }
        }
        return points;
    }

    private static Tensor Crops(ChannelGroup group, IChannelModel model, Generator random)
    {
        var crops = model is IAngularDelayChannelModel direct
            ? direct.DrawAngularDelay(BlockSize, group.Grid, group.Transform.Delays, random)
            : group.Transform.Crop(model.Draw(BlockSize, group.Grid, random).Channel);
        return crops.flatten(3).flatten(0, 2);                                                      // [n, M]
    }

    private static Tensor UnitRows(Tensor crops)
    {
        var energy = view_as_real(crops).square().sum([1, 2], type: ScalarType.Float64).unsqueeze(1);
        return crops * (energy + (energy <= 0)).rsqrt().to(ScalarType.Float32);
    }

    private static Generator Seeded(ChannelGroup group, int block, string purpose) =>
        new(SeedSequence.Derive(group.Seed, group.Canonical, block, purpose));
}
