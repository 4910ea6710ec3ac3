using System.Numerics;
using Channels;
using Channels.Cost2100;
using Channels.Multipath;
using Simulator;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Channels;

/// <summary>Polarisation, spherical waves and several base stations of COST 2100.</summary>
[DisposesItsTensors]
public sealed class Cost2100LinkTests
{
    private static readonly ResourceGrid Grid = new(24, 20e6);

    [Fact]
    public void DrawPaths_FixedRatios_PowersOfThePolarisationMatrix()
    {
        using var scope = NewDisposeScope();
        var parameters = Cost2100Scenario.Shipped("semi-urban-300mhz-los") with
        {
            VerticalDiscriminationDecibels = [9, 0], HorizontalDiscriminationDecibels = [7, 0], CopolarRatioDecibels = [3, 0],
        };
        var paths = new Cost2100Channel(parameters, new Cost2100Options { Array = new AntennaArray(4, 1, 2) }).DrawPaths(2, Grid, new Generator(1));
        double[] powers = [1, Math.Pow(10, -0.9), Math.Pow(10, -1.0), Math.Pow(10, -0.3)];
        var matrices = paths.Polarisation!.abs().square();                                          // [B, T, U, P, 4]
        Assert.Equal([0.5, 0, 0, 0.5], Dense.Values(matrices[0, 0, 0].select(0, 0)).Select(power => Math.Round(power, 12)));
        for (var entry = 0; entry < 4; entry++)
            Assert.Equal(powers[entry] / powers.Sum(), matrices[0, 0, 0].select(0, 5).select(0, entry).item<double>(), 1e-12);
    }

    [Theory]
    [InlineData("closely-spaced-semi-urban-2600mhz-los", 4, 2, 2)]
    [InlineData("semi-urban-300mhz-nlos", 4, 1, 1)]
    public void Draw_TwoPolarisations_SumOverPathsOfEachPair(string scenario, int columns, int receive, int receivePolarisations)
    {
        using var scope = NewDisposeScope();
        var options = new Cost2100Options
        {
            Array = new AntennaArray(columns, 1, 2), ReceiveAntennas = receive, ReceivePolarisations = receivePolarisations, Normalisation = Normalisation.Model,
            Corrections = new() { SteeringElevation = true },
        };
        var model = new Cost2100Channel(Cost2100Scenario.Shipped(scenario), options);
        var channel = model.Draw(1, Grid, new Generator(2)).Channel[0, 0, 0];                       // [S, R, A]
        var paths = model.DrawPaths(1, Grid, new Generator(2));
        paths = User(paths, 0);
        for (var received = 0; received < receive; received++)
        {
            var rendered = Dense.Matrix(channel.select(1, received));
            for (var port = 0; port < 2 * columns; port++)
            {
                var gains = paths.Gains * paths.Polarisation!.select(-1, 2 * (port / columns) + received);
                var expected = Sum(gains, paths, model.CarrierFrequency - 10e6, port % columns);
                Assert.True((expected - rendered[0, port]).Magnitude < 1e-5 * Scale(paths), $"r = {received}, a = {port}");
            }
        }
        var crop = model.DrawAngularDelay(1, Grid, 8, new Generator(2));
        var transformed = new AngularDelayTransform(options.Array, 24, 8).Crop(channel.reshape(1, 1, 1, 24, receive, 2 * columns));
        Assert.True((crop - transformed).abs().max().item<float>() < 1e-5 * transformed.abs().max().item<float>() + 1e-5 * Scale(paths));
    }

    [Theory]
    [InlineData("very-large-array-2600mhz-los", false)]
    [InlineData("indoor-hall-5ghz", true)]
    public void Draw_SphericalWaves_MiddleElementSeesItsPaths(string scenario, bool corrected)
    {
        using var scope = NewDisposeScope();
        var options = new Cost2100Options { Users = 2, Array = new AntennaArray(16), Normalisation = Normalisation.Model, Corrections = new() { SphericalWaves = corrected } };
        var model = new Cost2100Channel(Cost2100Scenario.Shipped(scenario), options);
        var channel = Dense.Matrix(model.Draw(1, Grid, new Generator(2)).Channel[0, 0, 1].select(1, 0));           // [S, A]
        var paths = model.DrawPaths(1, Grid, new Generator(2));
        paths = User(paths, 1);
        Assert.True((Sum(paths.Gains, paths, model.CarrierFrequency - 10e6, 0) - channel[0, 8]).Magnitude < 1e-5 * Scale(paths));
        var crop = model.DrawAngularDelay(1, Grid, 8, new Generator(2));
        var transformed = new AngularDelayTransform(options.Array, 24, 8).Crop(model.Draw(1, Grid, new Generator(2)).Channel);
        Assert.True((crop - transformed).abs().max().item<float>() < 1e-4 * transformed.abs().max().item<float>());
    }

    [Fact]
    public void Draw_SphericalWavesFarAway_PlaneWaves()
    {
        using var scope = NewDisposeScope();
        var far = Cost2100Scenario.Shipped("semi-urban-300mhz-nlos") with { LocalClusterAtUser = false, ClusterDistance = [5e4, 6e4], SingleBounceShare = 1, CellRadius = 1e5, VisibilityRadius = 2e4, TransitionWidth = 1e3, Components = 1, VisibleClusters = 1, DecayRate = 0, DepartureElevationDegrees = new() { Median = 0 } };
        Tensor Magnitudes(bool spherical)
        {
            var options = new Cost2100Options { Array = new AntennaArray(2), UserPositions = "40000 0", Normalisation = Normalisation.Drop, Corrections = new() { SphericalWaves = spherical } };
            return new Cost2100Channel(far, options).Draw(50, new ResourceGrid(1, 1e3), new Generator(4)).Channel.squeeze();      // [B, A]
        }
        Tensor Turn(Tensor channel) => channel.select(-1, 1) / channel.select(-1, 0);
        var (one, other) = (Turn(Magnitudes(true)), Turn(Magnitudes(false)));
        // Drops with a single path: the phase from one element to the next, up to float32's rounding.
        var alone = other.abs().sub(1).abs() < 1e-5;
        Assert.True(alone.sum().item<long>() > 10);
        Assert.True((one - other)[alone].abs().max().item<float>() < 1e-4);
    }

    [Theory]
    [InlineData(new[] { 0.0, 1.0 }, 1.0)]
    [InlineData(new[] { 1.0, 0.0 }, 0.0)]
    [InlineData(new[] { 0.35, 0.65 }, 0.788)]
    public void DrawPaths_TwoBaseStations_CommonShareOfVisibleClusters(double[] shares, double expected)
    {
        using var scope = NewDisposeScope();
        const int Drops = 1500;
        // No groups and a fixed number of clusters: counts of two stations correlate by the share of their regions that is common.
        var parameters = Cost2100Scenario.Shipped("indoor-hall-5ghz") with { BaseStationShares = shares, SharedRegions = 0, RandomVisibleClusters = false };
        double[] Counts(int station)
        {
            var options = new Cost2100Options { BaseStations = "-5 0; 5 0", BaseStation = station };
            return Dense.Values(ChannelStatistics.PathCount(new Cost2100Channel(parameters, options).DrawPaths(Drops, Grid, new Generator(6))).flatten());
        }
        var (first, second) = (Counts(1), Counts(2));
        Assert.Equal(2.5008 * 3.8, (first.Average() - 6) / 3, 4 * Math.Sqrt(2.5008 * 3.8 / Drops));
        var (a, b) = (first.Average(), second.Average());
        var correlation = first.Zip(second, (x, y) => (x - a) * (y - b)).Sum()
            / Math.Sqrt(first.Sum(x => (x - a) * (x - a)) * second.Sum(y => (y - b) * (y - b)));
        Assert.Equal(expected, correlation, expected == 1 ? 1e-9 : 4 / Math.Sqrt(Drops));
    }

    [Fact]
    public void DrawPaths_TwoBaseStations_SameUsers()
    {
        using var scope = NewDisposeScope();
        double[] Distances(int station)
        {
            var options = new Cost2100Options { BaseStations = "-100 0; 100 0", BaseStation = station, UserPositions = "0 150" };
            var paths = new Cost2100Channel(Cost2100Scenario.Shipped("semi-urban-300mhz-los"), options).DrawPaths(3, Grid, new Generator(6));
            return Dense.Values(paths.Delays.select(-1, 0).flatten());
        }
        var distance = Math.Sqrt(100 * 100 + 150 * 150) / 3e8;
        Assert.All(Distances(1).Concat(Distances(2)), delay => Assert.Equal(distance, delay, 1e-15));
    }

    private static Paths User(Paths paths, int user) => new(
        paths.Delays[0, 0, user],
        paths.Gains[0, 0, user],
        paths.Departures.Map(values => values[0, 0, user]),
        paths.Arrivals.Map(values => values[0, 0, user])) { Polarisation = paths.Polarisation?[0, 0, user] };

    private static double Scale(Paths paths) => Math.Sqrt(paths.Gains.abs().square().sum().item<double>());

    private static Complex Sum(Tensor gains, Paths paths, double frequency, int element)
    {
        var (delays, real, imaginary) = (Dense.Values(paths.Delays), Dense.Values(gains.real), Dense.Values(gains.imag));
        var (azimuths, elevations) = (Dense.Values(paths.DepartureAzimuths), Dense.Values(paths.DepartureElevations));
        var sum = Complex.Zero;
        for (var p = 0; p < delays.Length; p++)
        {
            var phase = 2 * frequency * delays[p] + element * Math.Cos(azimuths[p]) * Math.Cos(elevations[p]);
            sum += new Complex(real[p], imaginary[p]) * Complex.Exp(new Complex(0, -Math.PI * phase));
        }
        return sum;
    }
}
