using System.Numerics;
using Channels;
using Channels.Cost2100;
using Channels.Multipath;
using MathNet.Numerics;
using Simulator;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Channels;

/// <summary>Moving users of COST 2100 against closed forms: Doppler, Jakes' autocorrelation, stationarity, no jumps.</summary>
[DisposesItsTensors]
public sealed class Cost2100MovementTests
{
    [Fact]
    public void Draw_WideLocalCluster_AutocorrelationIsTheBesselFunction()
    {
        using var scope = NewDisposeScope();
        const int Drops = 20_000, Slots = 17;
        // Only a local cluster, of σ = 5 km: what is replaced on two wavelengths (0.4·2λ/σ), and how much waves differ from plane ones (2π·λ/σ), is below 0.002.
        var parameters = LocalClusterOnly(delaySpread: 1e-4);
        var wavelength = 3e8 / parameters.CarrierFrequency;
        var model = new Cost2100Channel(parameters, new Cost2100Options
        {
            Array = new AntennaArray(1), UserPositions = "100 0", Speed = wavelength / 8, Normalisation = Normalisation.Model, Corrections = new() { UsersWithoutClusters = true },
        });
        var channel = model.Draw(Drops, new ResourceGrid(1, 1, Slots, 1), new Generator(1)).Channel.reshape(Drops, Slots);
        var power = channel.abs().square().mean().item<float>();
        var products = (channel.narrow(1, 0, 1).conj() * channel).mean([0L]) / power;
        var correlation = Dense.Values(products.real);
        for (var slot = 0; slot < Slots; slot++)
        {
            // The standard deviation of Re h₀*h of two complex normal numbers is below 1: four of the mean's.
            Assert.Equal(SpecialFunctions.BesselJ(0, 2 * Math.PI * slot / 8), correlation[slot], 4 / Math.Sqrt(Drops) + 0.002);
        }
    }

    [Theory]
    [InlineData(0, DelayReference.Absolute)]
    [InlineData(60, DelayReference.Los)]
    [InlineData(135, DelayReference.FirstPath)]
    public void Draw_LineOfSightOnly_DopplerShiftOfTheDirection(double degrees, DelayReference timing)
    {
        using var scope = NewDisposeScope();
        const double Speed = 10, Duration = 1e-4;
        var model = new Cost2100Channel(DirectOnly(), new Cost2100Options
        {
            Array = new AntennaArray(1), UserPositions = "200 0", Speed = Speed, Direction = degrees * Math.PI / 180, Timing = timing, Corrections = new() { UsersWithoutClusters = true },
        });
        var channel = Values(model.Draw(1, new ResourceGrid(1, 1, 200, Duration), new Generator(1)).Channel);
        var shift = (channel[^1] / channel[0]).Phase / (2 * Math.PI * 199 * Duration);
        // Away from the base station delays grow and the frequency falls. 0.2 m of way turn the direction by 0.001 at most; scatterers are 100 dB below.
        Assert.Equal(-Speed * model.CarrierFrequency / 3e8 * Math.Cos(degrees * Math.PI / 180), shift, 0.012);
    }

    [Theory]
    [InlineData("indoor-hall-5ghz", 8, 0.5)]
    [InlineData("semi-urban-300mhz-los", 8, 5)]
    [InlineData("closely-spaced-semi-urban-2600mhz-nlos", 8, 1)]
    [InlineData("very-large-array-2600mhz-los", 4, 5)]
    public void Draw_FinerSlots_SameChannelBetweenOthers(string scenario, int columns, double speed)
    {
        using var scope = NewDisposeScope();
        // Slots are worked out in stretches, whose borders lie elsewhere for the finer ones.
        var model = Model(scenario, new() { Users = 3, Array = new AntennaArray(columns), Speed = speed, AreaSide = 5, Normalisation = Normalisation.Model, Timing = DelayReference.FirstPath });
        var coarse = model.Draw(3, new ResourceGrid(4, 20e6, 9, 0.02), new Generator(3)).Channel;
        var fine = model.Draw(3, new ResourceGrid(4, 20e6, 18, 0.01), new Generator(3)).Channel;
        var every = fine.index_select(1, arange(9) * 2);
        // float32's rounding of sums in another order.
        Assert.True((every - coarse).abs().max().item<float>() < 1e-5 * coarse.abs().max().item<float>());
        Assert.True((fine.select(1, 1) - fine.select(1, 0)).abs().max().item<float>() > 1e-3 * coarse.abs().max().item<float>());
    }

    [Theory]
    [InlineData("indoor-hall-5ghz", 12, 4)]
    [InlineData("closely-spaced-semi-urban-2600mhz-nlos", 1, 1)]
    [InlineData("semi-urban-300mhz-los", 1, 2)]
    public void Draw_ShorterSlots_ChangesShrinkLikeThem(string scenario, int drops, int wavelengths)
    {
        using var scope = NewDisposeScope();
        const int Finer = 16;
        double Largest(int slots)
        {
            var parameters = Cost2100Scenario.Shipped(scenario);
            var model = Model(scenario, new() { Array = new AntennaArray(1), Speed = wavelengths * 3e8 / parameters.CarrierFrequency, AreaSide = 5 });
            var channel = model.Draw(drops, new ResourceGrid(1, 1, slots, 1.0 / slots), new Generator(5)).Channel;
            return (channel.narrow(1, 1, slots - 1) - channel.narrow(1, 0, slots - 1)).abs().max().item<float>();
        }
        // Steps of λ/64 and λ/1024: a jump would be the larger change of the two. Steps of λ/64 leave 2π/64 of a turn's curvature.
        Assert.Equal(Finer, Largest(64 * wavelengths) / Largest(64 * wavelengths * Finer), 0.1 * Finer);
    }

    [Fact]
    public void Draw_LeavingTheLineOfSightRegion_FadesWithinAWavelength()
    {
        using var scope = NewDisposeScope();
        var parameters = DirectOnly();
        var reach = parameters.LineOfSight!.CutOffDistance;
        var model = new Cost2100Channel(parameters, new Cost2100Options
        {
            Array = new AntennaArray(1), UserPositions = $"{reach - 10} 0", Speed = 12, Direction = 0, Normalisation = Normalisation.Model, Corrections = new() { UsersWithoutClusters = true, LineOfSightRegion = true },
        });
        var power = Dense.Values(ChannelStatistics.PowerGain(model.DrawPaths(1, new ResourceGrid(1, 1, 481, 1.0 / 480), new Generator(1))).flatten());
        var wavelength = 3e8 / model.CarrierFrequency;
        for (var slot = 0; slot < power.Length; slot++)
        {
            var room = 10 - 12 * slot / 480.0;
            var expected = Math.Pow(Math.Clamp(room / wavelength, 0, 1), 2) * Math.Pow(reach - 10, 2) / Math.Pow(reach - room, 2);
            // Scattered power, to which that of the line of sight is relative, follows the path gain of the place.
            Assert.Equal(expected, power[slot] / power[0], 1e-6);
        }
    }

    [Fact]
    public void DrawPaths_AfterALongWay_LocalClusterLiesAroundTheUserAsAtTheStart()
    {
        using var scope = NewDisposeScope();
        const int Drops = 200;
        var parameters = LocalClusterOnly(delaySpread: 120e-9);
        const double Sigma = 120e-9 * 3e8 / 6;
        var model = new Cost2100Channel(parameters, new Cost2100Options { UserPositions = "-40 80", Speed = 100, Direction = 0, Corrections = new() { UsersWithoutClusters = true } });
        var paths = model.DrawPaths(Drops, new ResourceGrid(1, 1, 9, 0.1), new Generator(1));
        var local = parameters.Components;
        foreach (var slot in new[] { 0, 1, 8 })
        {
            Tensor Offsets(Tensor values) => values.select(1, slot).narrow(2, 0, local).flatten();
            foreach (var offsets in new[] { Dense.Values(Offsets(paths.Arrivals.X)), Dense.Values(Offsets(paths.Arrivals.Y)) })
            {
                var count = offsets.Length;
                // Four standard deviations of the mean and of the variance of normal numbers.
                Assert.Equal(0, offsets.Average() / Sigma, 4 / Math.Sqrt(count));
                Assert.Equal(1, offsets.Sum(x => x * x) / count / (Sigma * Sigma), 4 * Math.Sqrt(2.0 / count));
            }
        }
        // Handing over, one goes as the other comes: power stays.
        var power = Dense.Values(paths.Gains.abs().square().narrow(3, 0, 2 * local).sum(-1).flatten());
        var first = Dense.Values(paths.Gains.abs().square().select(1, 0).narrow(2, 0, 2 * local).sum(-1).flatten());
        var distance = Math.Sqrt(40 * 40 + 80 * 80);
        for (var i = 0; i < power.Length; i++)
        {
            var (drop, slot) = (i / 9, i % 9);
            var gain = Math.Pow(distance, 2) / (Math.Pow(-40 + 10 * slot, 2) + 80 * 80);
            Assert.Equal(gain, power[i] / first[drop], 1e-9);
        }
    }

    [Theory]
    [InlineData("indoor-hall-5ghz", "-6 5", "4 5", 10, 600)]
    [InlineData("semi-urban-300mhz-los", "-100 150", "40 150", 140, 250)]
    public void DrawPaths_EndOfTheWay_LikeUsersWhoStandThere(string scenario, string begin, string end, double length, int drops)
    {
        using var scope = NewDisposeScope();
        const int Slots = 5;
        // Regions are drawn around the way; where it ends they must lie as densely as about users who stand there. (Indoors 1 % of those who stand are redrawn.)
        var moving = Model(scenario, new() { UserPositions = begin, Speed = length / (Slots - 1), Direction = 0 });
        var standing = Model(scenario, new() { UserPositions = end });
        var arrived = moving.DrawPaths(drops, new ResourceGrid(1, 1, Slots, 1), new Generator(1));
        AssertAlike(arrived, (Slots - 1, 0), standing.DrawPaths(drops, new ResourceGrid(1, 1), new Generator(2)), (0, 0));
    }

    [Fact]
    public void DrawPaths_OneOfFourMovingUsers_LikeASingleOne()
    {
        using var scope = NewDisposeScope();
        Paths Draw(int users, ulong seed) => Model("indoor-hall-5ghz", new() { Users = users, Speed = 2, AreaSide = 10 })
            .DrawPaths(400, new ResourceGrid(1, 1, 3, 2), new Generator(seed));
        AssertAlike(Draw(1, 1), (2, 0), Draw(4, 2), (2, 3));
    }

    [Fact]
    public void Draw_SameSeed_SameBitsWhateverWasDrawnBefore()
    {
        using var scope = NewDisposeScope();
        var grid = new ResourceGrid(8, 20e6, 6, 0.01);
        var options = new Cost2100Options { Users = 2, Speed = 3, Array = new AntennaArray(4) };
        var model = Model("indoor-hall-5ghz", options);
        var once = model.Draw(5, grid, new Generator(9)).Channel;
        model.Draw(2, new ResourceGrid(8, 20e6), new Generator(1));
        Assert.True(once.Equals(model.Draw(5, grid, new Generator(9)).Channel));
        Assert.True(once.Equals(Model("indoor-hall-5ghz", options).Draw(5, grid, new Generator(9)).Channel));
    }

    [Theory]
    [InlineData("indoor-hall-5ghz")]
    [InlineData("closely-spaced-semi-urban-2600mhz-los")]
    public void Draw_NobodyMoves_SameInEverySlotAndAsWithoutSlots(string scenario)
    {
        using var scope = NewDisposeScope();
        var array = new AntennaArray(4);
        var standing = Model(scenario, new() { Array = array }).Draw(3, new ResourceGrid(8, 20e6, 4), new Generator(9)).Channel;
        var one = Model(scenario, new() { Array = array, Speed = 0.1 }).Draw(3, new ResourceGrid(8, 20e6), new Generator(9)).Channel;
        Assert.True(standing.Equals(one.expand(-1, 4, -1, -1, -1, -1)));
    }

    [Fact]
    public void DrawAngularDelay_MovingUsers_CropOfTheirChannel()
    {
        using var scope = NewDisposeScope();
        var model = Model("indoor-hall-5ghz", new() { Users = 2, Speed = 3, Array = new AntennaArray(8), Normalisation = Normalisation.Model });
        var grid = new ResourceGrid(32, 20e6, 5, 0.01);
        var crop = model.DrawAngularDelay(2, grid, 8, new Generator(3));
        var expected = new AngularDelayTransform(new AntennaArray(8), 32, 8).Crop(model.Draw(2, grid, new Generator(3)).Channel);
        Assert.True((crop - expected).abs().max().item<float>() < 1e-4 * expected.abs().max().item<float>());
    }

    private static void AssertAlike(Paths first, (int Slot, int User) ours, Paths second, (int Slot, int User) other)
    {
        static Dictionary<string, double[]> Figures(Paths paths, (int Slot, int User) of) => new Dictionary<string, Tensor>
        {
            ["power"] = ChannelStatistics.PowerGain(paths),
            ["delay spread"] = ChannelStatistics.DelaySpread(paths),
            ["effective paths"] = ChannelStatistics.EffectivePathCount(paths),
            ["departures"] = ChannelStatistics.AngularSpread(paths, paths.DepartureAzimuths),
            ["arrivals"] = ChannelStatistics.AngularSpread(paths, paths.ArrivalAzimuths),
        }.ToDictionary(pair => pair.Key, pair => Dense.Values(pair.Value.select(1, of.Slot).select(1, of.User)));
        var theirs = Figures(second, other);
        var probabilities = Figures(first, ours).ToDictionary(pair => pair.Key, pair => KolmogorovSmirnov.PValue(pair.Value, theirs[pair.Key]));
        Assert.Empty(KolmogorovSmirnov.Rejected(probabilities, 0.01));
    }

    private static Cost2100Channel Model(string scenario, Cost2100Options options) => new(Cost2100Scenario.Shipped(scenario), options);

    private static Cost2100Scenario LocalClusterOnly(double delaySpread) => Cost2100Scenario.Shipped("semi-urban-300mhz-nlos") with
    {
        VisibleClusters = 1e-3, SingleBounceShare = 1, DecayRate = 1e12, DelaySpread = new() { Median = delaySpread }, ShadowingDecibels = 0,
    };

    private static Cost2100Scenario DirectOnly()
    {
        var shipped = Cost2100Scenario.Shipped("semi-urban-300mhz-los");
        return shipped with
        {
            LocalClusterAtUser = true, VisibleClusters = 1e-3, SingleBounceShare = 1, DecayRate = 1e12,
            LineOfSight = shipped.LineOfSight! with { CutOffDistance = 350, VisibilityRadius = 350, RicianFactorDecibels = 100, RicianDeviationDecibels = 0 },
        };
    }

    private static Complex[] Values(Tensor channel)
    {
        using var scope = NewDisposeScope();
        return [.. Dense.Values(view_as_real(channel).flatten()).Chunk(2).Select(pair => new Complex(pair[0], pair[1]))];
    }
}
