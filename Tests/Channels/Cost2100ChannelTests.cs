using Channels;
using Channels.Cost2100;
using Channels.Multipath;
using Simulator;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Channels;

/// <summary>What the specification of COST 2100 says in closed form, and bad input.</summary>
[DisposesItsTensors]
public sealed class Cost2100ChannelTests
{
    private static readonly ResourceGrid Grid = new(64, 20e6);

    [Theory]
    [InlineData("semi-urban-300mhz-los", 25.215, 27, 1)]
    [InlineData("semi-urban-300mhz-nlos", 23.806, 48, 1)]
    public void DrawPaths_VisibleClusters_MeanOfTheLayout(string scenario, double expected, int components, int locals)
    {
        using var scope = NewDisposeScope();
        var model = new Cost2100Channel(Cost2100Scenario.Shipped(scenario), new Cost2100Options());
        var paths = model.DrawPaths(400, Grid, new Generator(3));
        var scattered = paths.Gains.imag.ne(0).sum(-1).to(ScalarType.Float64).mean().item<double>();
        // N_C·(R_C/(R_C - L_C))² regions in reach, binomial and so nearly Poisson: four standard deviations of a mean of 400.
        Assert.Equal(expected, scattered / components - locals, 4 * Math.Sqrt(expected / 400));
    }

    [Fact]
    public void DrawPaths_LosTiming_DelaysRelativeToTheStraightLine()
    {
        using var scope = NewDisposeScope();
        var parameters = Cost2100Scenario.Shipped("semi-urban-300mhz-los");
        var model = new Cost2100Channel(parameters, new Cost2100Options { Timing = DelayReference.Los });
        var paths = model.DrawPaths(20, Grid, new Generator(3));
        var direct = paths.Gains.imag.eq(0).logical_and(paths.Gains.real > 0);
        Assert.Equal(20, direct.sum().item<long>());
        Assert.All(Dense.Values(paths.Delays[direct]), delay => Assert.Equal(0, delay, 1e-15));
    }

    [Fact]
    public void DrawPaths_FirstPathTiming_SmallestDelayIsZero()
    {
        using var scope = NewDisposeScope();
        var parameters = Cost2100Scenario.Shipped("indoor-hall-5ghz");
        var model = new Cost2100Channel(parameters, new Cost2100Options { Timing = DelayReference.FirstPath, Users = 3 });
        var paths = model.DrawPaths(20, Grid, new Generator(3));
        var present = where(paths.Gains.abs() > 0, paths.Delays, full_like(paths.Delays, double.PositiveInfinity));
        Assert.All(Dense.Values(present.amin([-1L])), delay => Assert.Equal(0, delay));
    }

    [Fact]
    public void Draw_LongBatch_StartsLikeItsBlocks()
    {
        using var scope = NewDisposeScope();
        var model = new Cost2100Channel(Cost2100Scenario.Shipped("indoor-hall-5ghz"), new Cost2100Options());
        var gains = model.Draw(600, new ResourceGrid(8, 20e6), new Generator(3)).PowerGain;
        Assert.Equal([600, 1], gains.shape);
        Assert.Equal(600, Dense.Values(gains).Distinct().Count());
    }

    [Fact]
    public void Constructor_AreaBeyondTheCell_Refused()
    {
        var parameters = Cost2100Scenario.Shipped("indoor-hall-5ghz");
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Cost2100Channel(parameters, new Cost2100Options { AreaSide = 50 }));
        Assert.Contains("at most 38.6 m", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_TooManyUsers_Refused()
    {
        var parameters = Cost2100Scenario.Shipped("indoor-hall-5ghz");
        Assert.Throws<ArgumentOutOfRangeException>(() => new Cost2100Channel(parameters, new Cost2100Options { Users = 200 }));
    }

    [Fact]
    public void Shipped_UnknownName_SaysWhatThereIs()
    {
        var error = Assert.Throws<ArgumentException>(() => Cost2100Scenario.Shipped("indoor"));
        Assert.Contains("indoor-hall-5ghz, semi-urban-300mhz-los, semi-urban-300mhz-nlos, very-large-array-2600mhz-los", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CoefficientsHolding_KnownEnergies_Counted()
    {
        using var scope = NewDisposeScope();
        var crop = tensor(new float[] { 1, 0, 2, 0, 0, 0, 2, 0 }, [4, 1, 1, 2]);
        Assert.Equal(2, ChannelStatistics.CoefficientsHolding(view_as_complex(crop), 0.8).item<long>());
        Assert.Equal(3, ChannelStatistics.CoefficientsHolding(view_as_complex(crop), 0.95).item<long>());
    }
}
