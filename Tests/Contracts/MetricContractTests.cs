using Simulator;
using Simulator.Precoding;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Contracts;

/// <summary>What every metric promises.</summary>
[DisposesItsTensors]
public sealed class MetricContractTests
{
    // Values are of order one and sums are float64 of float32 products.
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Names => LinkParts.Names(LinkParts.Metrics);

    [Theory, MemberData(nameof(Names))]
    public void Evaluate_AnyOutcome_OneValuePerDropAndUser(string name)
    {
        using var scope = NewDisposeScope();
        var values = LinkParts.Metrics[name]().Evaluate(Outcome(batch: 3, receiveAntennas: 2));
        Assert.Equal([3, 2], values.shape);
        Assert.Equal(ScalarType.Float64, values.dtype);
        Assert.All(Dense.Values(values), value => Assert.True(double.IsFinite(value)));
    }

    [Theory, MemberData(nameof(Names))]
    public void Evaluate_PermutedDrops_PermutedValues(string name)
    {
        using var scope = NewDisposeScope();
        var metric = LinkParts.Metrics[name]();
        var drop = Links.Drop(1, batch: 4, users: 2, subcarriers: 8, receiveAntennas: 1, antennas: 4);
        var error = Gaussian.Draw(2, drop.Channel.shape);
        var order = tensor(new long[] { 3, 1, 0, 2 });
        var permuted = new ChannelDrop(drop.Channel.index_select(0, order), drop.PowerGain);
        var values = metric.Evaluate(Transmit(drop, error)).index_select(0, order);
        Assert.True(allclose(values, metric.Evaluate(Transmit(permuted, error.index_select(0, order))), rtol: Tolerance));
    }

    [Theory]
    [InlineData("nmse", 0)]
    [InlineData("nmse-crop", 0)]
    [InlineData("rho", 1)]
    [InlineData("sgcs", 1)]
    public void Evaluate_PerfectKnowledge_KnownValue(string name, double expected)
    {
        using var scope = NewDisposeScope();
        var drop = Links.Drop(1, batch: 3, users: 2, subcarriers: 8, receiveAntennas: 2, antennas: 4, slots: 2);
        Assert.All(Dense.Values(LinkParts.Metrics[name]().Evaluate(Transmit(drop))), value => Assert.Equal(expected, value, Tolerance));
    }

    [Theory]
    [InlineData("nmse", 1)]
    [InlineData("nmse-crop", 1)]
    [InlineData("rho", 0)]
    [InlineData("sgcs", 0)]
    public void Evaluate_NothingKnown_KnownValue(string name, double expected)
    {
        using var scope = NewDisposeScope();
        var drop = Links.Drop(1, batch: 3, users: 2, subcarriers: 8, receiveAntennas: 2, antennas: 4);
        var outcome = Transmit(drop, drop.Channel.neg());
        Assert.All(Dense.Values(LinkParts.Metrics[name]().Evaluate(outcome)), value => Assert.Equal(expected, value, Tolerance));
    }

    [Theory, MemberData(nameof(Names))]
    public void Evaluate_ZeroChannel_NoException(string name)
    {
        using var scope = NewDisposeScope();
        var drop = ChannelDrop.Normalise(zeros([2, 1, 2, 8, 1, 4], dtype: ScalarType.ComplexFloat32), Normalisation.Drop);
        Assert.Equal([2, 2], LinkParts.Metrics[name]().Evaluate(Transmit(drop)).shape);
    }

    [Theory, MemberData(nameof(Names))]
    public void Evaluate_FeaturesShared_SameBits(string name)
    {
        using var scope = NewDisposeScope();
        using var features = new ChannelFeatures();
        var metric = LinkParts.Metrics[name]();
        var drop = Links.Drop(1, batch: 3, users: 2, subcarriers: 8, receiveAntennas: 2, antennas: 4);
        foreach (var seed in new[] { 2L, 3L })
        {
            var error = Gaussian.Draw(seed, drop.Channel.shape);
            using var point = NewDisposeScope();
            var alone = metric.Evaluate(Transmit(drop, error));
            Assert.Equal(Dense.Values(alone), Dense.Values(metric.Evaluate(Transmit(drop, error) with { Features = features })));
        }
    }

    private static LinkOutcome Outcome(int batch, int receiveAntennas)
    {
        var drop = Links.Drop(1, batch, users: 2, subcarriers: 8, receiveAntennas, antennas: 4);
        return Transmit(drop, Gaussian.Draw(2, drop.Channel.shape));
    }

    private static LinkOutcome Transmit(ChannelDrop drop, Tensor? error = null) =>
        Links.For(drop, streams: 1).Transmit(drop, Links.Believe(drop, error), new ZeroForcing(), 0.1);
}
