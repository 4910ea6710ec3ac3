using Channels.Cost2100;
using Experiments.Reporting;
using Experiments.Running;
using Simulator;
using Tests.Experiments.Configuration;
using Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Experiments.Running;

public sealed class ReferenceLinesTests
{
    private const string Wanted = "drops: 64, reference-lines: true";

    [Fact]
    public void Of_IndependentEntries_IsThatOfAWhiteSource()
    {
        var plan = Inputs.Read(Inputs.Valid.Replace("drops: 64", Wanted, StringComparison.Ordinal).Replace("snr: 10 dB", "snr: 10 dB, delay-rows: 4", StringComparison.Ordinal))[0];
        Assert.True(plan.ReferenceLines);

        var line = Assert.Single(new ReferenceLines(8192, 4).Of(plan));

        // 4 rows of 8 antennas are 32 complex components of equal power: D(R) = 2^(-R/32). A covariance of N drops has eigenvalues whose
        // logarithms lie 32/(2N) below the truth on the mean, 0.01 dB, and scatter by √(32/N), 0.06, which matters near R = 0 only.
        Assert.Equal(("gaussian", 8192), (line.Name, line.Drops));
        Assert.Equal(line.Points.Select(point => point.Bits).Order(), line.Points.Select(point => point.Bits));
        Assert.All(line.Points.Where(point => point.Bits > 8), point => Assert.Equal(-10 * Math.Log10(2) * point.Bits / 32, point.NmseCropDecibels, 0.03));
        Assert.Equal(line.Points, new ReferenceLines(8192, 4).Of(plan)[0].Points);
    }

    [Fact]
    public void Of_Paths_GenieNeedsFarFewerBits()
    {
        var plan = Inputs.Read(Inputs.Valid.Replace("channel: rayleigh", "channel: cost2100/indoor-hall-5ghz", StringComparison.Ordinal).Replace("drops: 64", Wanted, StringComparison.Ordinal))[0];

        var lines = new ReferenceLines(512, 6).Of(plan);

        Assert.Equal(["gaussian", "genie"], lines.Select(line => line.Name));
        Assert.Contains("no bound for this source", lines[0].Description, StringComparison.Ordinal);
        var (gaussian, genie) = (At(lines[0]), At(lines[1]));
        Assert.InRange(genie, 1, gaussian / 2);

        static double At(ReferenceLine line) => line.Points.First(point => point.NmseCropDecibels < -10).Bits;
    }

    [Fact]
    public void Apart_PathsOfAUser_SumToItsCrop()
    {
        using var scope = NewDisposeScope();
        var model = new Cost2100Channel(Cost2100Scenario.Shipped("indoor-hall-5ghz"), new Cost2100Options { Users = 2, Array = new AntennaArray(8) });
        var grid = new ResourceGrid(64, 20e6);
        using var first = new Generator(5);
        using var second = new Generator(5);
        var crop = model.DrawAngularDelay(3, grid, 16, first).select(0, 2).select(0, 0).select(0, 1);

        var apart = model.DrawPaths(3, grid, second).Apart(2, 1);

        Assert.Equal([apart.Gains.shape[0], 1, 1, 1], apart.Gains.shape);
        Assert.True(apart.Gains.abs().eq(0).sum().ToInt64() == 0);
        var sum = model.Render(apart, grid, 16).sum([0L]).reshape(crop.shape);
        // Float32 sums of some hundred paths.
        Assert.True((sum - crop).abs().max().ToDouble() < 1e-5 * crop.abs().max().ToDouble());
    }

    [Fact]
    public void Read_CropTooLarge_IsRefused() => Assert.Equal(
        "input.yaml:9:102: experiments.first.reference-lines: the crop of scenario 'rich' has 4096 coefficients; permitted are at most 2048.",
        Inputs.Errors(Inputs.Valid.Replace("columns: 8", "columns: 128", StringComparison.Ordinal).Replace("drops: 64", Wanted, StringComparison.Ordinal)));

    [Fact]
    public void Run_WithAndWithout_ChangesOnlyTheLines()
    {
        using var folder = new TemporaryFolder();
        var plan = SmallPlan.Create(16);
        var without = SmallPlan.Run(plan, folder["a"]);
        Assert.False(File.Exists(Path.Combine(folder["a"], "reference-lines.csv")));

        Assert.Equal(without, SmallPlan.Run(plan with { ReferenceLines = true }, folder["a"]));

        var lines = File.ReadAllLines(Path.Combine(folder["a"], "reference-lines.csv"));
        Assert.Equal("experiment,scenario,line,drops,information_bits,nmse_crop_db,description", lines[0]);
        Assert.All(lines.Skip(1), line => Assert.StartsWith("small,rayleigh,gaussian,8192,", line, StringComparison.Ordinal));
        SmallPlan.Run(plan, folder["a"]);
        Assert.False(File.Exists(Path.Combine(folder["a"], "reference-lines.csv")));
    }
}
