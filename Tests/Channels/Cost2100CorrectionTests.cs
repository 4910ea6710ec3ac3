using Channels;
using Channels.Cost2100;
using Channels.Multipath;
using Simulator;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Channels;

/// <summary>Each correction of COST 2100 changes what it says, from the same seed.</summary>
[DisposesItsTensors]
public sealed class Cost2100CorrectionTests
{
    private static readonly ResourceGrid Grid = new(16, 20e6);

    [Fact]
    public void CutOffDelay_Hall_DelaySpreadOfTheRepairedCode()
    {
        using var scope = NewDisposeScope();
        var spreads = Dense.Values(ChannelStatistics.DelaySpread(Draw("indoor-hall-5ghz", 300, new() { CutOffDelay = true })).flatten());
        // 459 drops of the official code with the cut-off delay in seconds: mean 118.71 ns, standard deviation 50.0 ns.
        Assert.Equal(118.71, spreads.Average() * 1e9, 4 * 50.0 * Math.Sqrt(1.0 / 459 + 1.0 / 300));
    }

    [Theory]
    [InlineData("semi-urban-300mhz-nlos")]
    [InlineData("very-large-array-2600mhz-nlos")]
    public void ElevationSpread_DepartureExtent_IsTheCorrectedOne(string scenario)
    {
        using var scope = NewDisposeScope();
        var parameters = Cost2100Scenario.Shipped(scenario);
        var corrected = Draw(parameters, 5, new() { ElevationSpread = true });
        var expected = Draw(parameters with { DepartureElevationDegrees = parameters.CorrectedDepartureElevationDegrees! }, 5, new());
        Assert.True(corrected.Delays.Equals(expected.Delays));
        Assert.False(corrected.Delays.Equals(Draw(parameters, 5, new()).Delays));
    }

    [Theory]
    [InlineData(false, 1.0 / 6)]
    [InlineData(true, 1.0)]
    public void SpreadDefinition_LoneCluster_AzimuthDeviationOverParameter(bool on, double expected)
    {
        using var scope = NewDisposeScope();
        var parameters = Lone(components: 4000) with { DepartureAzimuthDegrees = new() { Median = 6 } };
        var azimuths = Draw(parameters, 1, new() { SpreadDefinition = on }, "300 0").DepartureAzimuths.flatten().narrow(0, 0, 4000);
        var deviation = (azimuths - azimuths.mean()).square().mean().sqrt().item<double>();
        // The first cluster's 4,000 components: 1.1 % standard error of a deviation, and the tangent bends 6° by less than 1 %.
        Assert.Equal(expected, deviation * 180 / Math.PI / 6, 0.06 * expected);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AzimuthMirroring_FixedAngle_OneSideOrBoth(bool on)
    {
        using var scope = NewDisposeScope();
        var parameters = Lone(components: 1) with { ClusterAzimuthDegrees = [43, 0], DepartureAzimuthDegrees = new() { Median = 1e-3 } };
        var paths = Draw(parameters, 200, new() { AzimuthMirroring = on }, "300 0");
        var azimuths = Dense.Values(paths.DepartureAzimuths[paths.Gains.abs() > 0]).Select(angle => angle * 180 / Math.PI).ToArray();
        // Regions lie within 24.5 m of the user, so within 5° of the x axis.
        Assert.All(azimuths, angle => Assert.Equal(43, Math.Abs(angle), 6.0));
        var left = azimuths.Count(angle => angle < 0) / (double)azimuths.Length;
        Assert.Equal(on ? 0.5 : 0, left, on ? 2 / Math.Sqrt(azimuths.Length) : 0);
    }

    [Fact]
    public void LineOfSightTransition_InTheTransition_AmplitudeTimesItsGain()
    {
        using var scope = NewDisposeScope();
        double[] Direct(bool on) => Dense.Values(Draw("semi-urban-300mhz-los", 20, new() { LineOfSightTransition = on }, "240 0").Gains.real.select(-1, 0).flatten());
        // The centre lies in a square of 7 m beside the base station.
        static double Gain(double distance) => 0.5 - Math.Atan(2 * Math.Sqrt(2) * (93 + distance - 343) / Math.Sqrt(1.0 * 93)) / Math.PI;
        Assert.All(Direct(true).Zip(Direct(false)), pair => Assert.InRange(pair.First / pair.Second, Gain(240.2), Gain(233)));
    }

    [Fact]
    public void LineOfSightRegion_BehindTheBaseStation_SometimesSeen()
    {
        using var scope = NewDisposeScope();
        long Seen(bool on) => (Draw("semi-urban-300mhz-los", 60, new() { LineOfSightRegion = on }, "-338 -60").Gains.select(-1, 0).abs() > 0).sum().item<long>();
        Assert.Equal(0, Seen(false));      // 343.3 m from the nearest corner of the square
        Assert.InRange(Seen(true), 1, 59);
    }

    [Fact]
    public void LineOfSightPhase_ManyDrops_Uniform()
    {
        using var scope = NewDisposeScope();
        var direct = Draw("semi-urban-300mhz-los", 400, new() { LineOfSightPhase = true }).Gains.select(-1, 0).flatten();
        var mean = (direct / direct.abs()).mean().abs().item<double>();
        Assert.True(mean < 4 / Math.Sqrt(400), $"mean phasor {mean}");
        Assert.Equal(0, Draw("semi-urban-300mhz-los", 5, new()).Gains.select(-1, 0).imag.abs().max().item<double>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RicianFactorPerUser_TwoUsers_AlikeOrNot(bool on)
    {
        using var scope = NewDisposeScope();
        var powers = view_as_real(Draw("semi-urban-300mhz-los", 5, new() { RicianFactorPerUser = on }, users: 2).Gains).square().sum(-1);
        var factors = powers.select(-1, 0) / (powers.sum(-1) - powers.select(-1, 0));                // [B, T, U]
        Assert.All(Dense.Values((factors.select(-1, 0) / factors.select(-1, 1)).flatten()), ratio => Assert.Equal(!on, Math.Abs(ratio - 1) < 1e-9));
    }

    [Fact]
    public void RegionsAroundBaseStation_UserFarFromTheOrigin_Permitted()
    {
        var parameters = Cost2100Scenario.Shipped("semi-urban-300mhz-nlos");
        var options = new Cost2100Options { BaseStations = "400 0", UserPositions = "600 0" };
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Cost2100Channel(parameters, options));
        Assert.Contains("the user at 600 0 is 600.0 m from the centre of the cell of radius 500 m; permitted: 475.5 m", error.Message, StringComparison.Ordinal);
        using var scope = NewDisposeScope();
        var model = new Cost2100Channel(parameters, options with { Corrections = new() { RegionsAroundBaseStation = true } });
        Assert.True(model.DrawPaths(2, Grid, new Generator(1)).Gains.abs().sum().item<double>() > 0);
    }

    [Fact]
    public void UsersWithoutClusters_Hall_OneInAHundred()
    {
        using var scope = NewDisposeScope();
        long Lonely(bool on) => (ChannelStatistics.PathCount(Draw("indoor-hall-5ghz", 2000, new() { UsersWithoutClusters = on })) == 6).sum().item<long>();
        Assert.Equal(0, Lonely(false));
        // Probability 1.00 %, so 20 of 2,000: four standard deviations.
        Assert.InRange(Lonely(true), 20 - 18, 20 + 18);
    }

    [Fact]
    public void GainRadius_BelowTheTransition_FewComponentsReach()
    {
        using var scope = NewDisposeScope();
        var count = ChannelStatistics.PathCount(Draw("closely-spaced-semi-urban-2600mhz-nlos", 200, new() { GainRadius = true })).to(ScalarType.Float64).mean().item<double>();
        // Peaks within √(ln 10)·1.2 m of the user: 55.5 clusters of 58, and the local one's of deviation 3 m. At a region's rim a few are missing.
        var reach = Math.Sqrt(Math.Log(10)) * 1.2;
        var expected = 55.5 * 58 * Math.Pow(reach / 24.5, 2) + 58 * (1 - Math.Exp(-reach * reach / 18));
        Assert.Equal(expected, count, 0.08 * expected);
    }

    [Fact]
    public void SpeedOfLight_DirectPath_DelayInProportion()
    {
        using var scope = NewDisposeScope();
        double[] Direct(bool on) => Dense.Values(Draw("semi-urban-300mhz-los", 5, new() { SpeedOfLight = on }).Delays.select(-1, 0).flatten());
        Assert.All(Direct(true).Zip(Direct(false)), pair => Assert.Equal(3e8 / 299_792_458, pair.First / pair.Second, 1e-12));
    }

    [Fact]
    public void Mode_Corrected_AllButThoseSwitchedOff()
    {
        var corrections = new Corrections { CutOffDelay = false }.In(Cost2100Mode.Corrected);
        Assert.All(typeof(Corrections).GetProperties(), property => Assert.Equal(property.Name != nameof(Corrections.CutOffDelay), property.GetValue(corrections)));
        Assert.All(typeof(Corrections).GetProperties(), property => Assert.Equal(false, property.GetValue(new Corrections().In(Cost2100Mode.Reference))));
    }

    private static Cost2100Scenario Lone(int components) => Cost2100Scenario.Shipped("semi-urban-300mhz-nlos") with
    {
        Components = components,
        SingleBounceShare = 1,
        LocalClusterAtUser = false,
        DepartureElevationDegrees = new() { Median = 0 },
        DelaySpread = new() { Median = 1e-12 },
        ClusterDistance = [100, 100.001],
        DecayRate = 0,
    };

    private static Paths Draw(string scenario, int drops, Corrections corrections, string positions = "", int users = 1) =>
        Draw(Cost2100Scenario.Shipped(scenario), drops, corrections, positions, users);

    private static Paths Draw(Cost2100Scenario scenario, int drops, Corrections corrections, string positions = "", int users = 1) =>
        new Cost2100Channel(scenario, new Cost2100Options { Corrections = corrections, UserPositions = positions, Users = users, Array = new AntennaArray(8) })
            .DrawPaths(drops, Grid, new Generator(5));
}
