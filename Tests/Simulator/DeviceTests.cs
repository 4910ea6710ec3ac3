using Simulator;
using Simulator.Estimation;
using Simulator.Precoding;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Simulator;

/// <summary>The link on libtorch's meta device, where every operator that meets a tensor of another device fails.</summary>
[DisposesItsTensors]
public sealed class DeviceTests
{
    public static TheoryData<string> Precoders => LinkParts.Names(LinkParts.Precoders);

    // libtorch 1.13 has no Fourier transform on this device.
    public static TheoryData<string> Metrics => [.. LinkParts.Metrics.Keys.Where(name => name is not ("nmse-crop" or "crop-energy"))];

    [Fact]
    public void MetaDevice_StrayTensor_Fails()
    {
        using var scope = NewDisposeScope();
        var here = ones([2, 2]);
        Assert.ThrowsAny<Exception>(() => OnMeta(here) + here);
    }

    [Theory]
    [InlineData(Normalisation.Drop)]
    [InlineData(Normalisation.Model)]
    public void Normalise_MetaDevice_StaysThere(Normalisation normalisation)
    {
        using var scope = NewDisposeScope();
        var drop = ChannelDrop.Normalise(OnMeta(Gaussian.Draw(1, 2, 1, 3, 8, 2, 4)), normalisation);
        Assert.True(drop.Channel.is_meta && drop.PowerGain.is_meta);
        Assert.Equal([2, 3], drop.PowerGain.shape);
    }

    [Fact]
    public void Measure_MetaDevice_StaysThere()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        var measurement = LinkSimulation.Measure(Drop(receiveAntennas: 1), new PerfectEstimator(), random);
        Assert.True(measurement.Channel.is_meta && measurement.NoiseVariance.is_meta);
    }

    [Theory, MemberData(nameof(Precoders))]
    public void Transmit_MetaDevice_StaysThere(string name)
    {
        using var scope = NewDisposeScope();
        foreach (var receiveAntennas in new[] { 1, 2 })
        {
            var outcome = Transmit(Drop(receiveAntennas), LinkParts.Precoders[name](), streams: 2);
            Assert.True(outcome.Weights.is_meta && outcome.Rows.is_meta && outcome.Active.is_meta && outcome.Bits.is_meta);
            Assert.Equal([2, 1, 8, 4, 6], outcome.Weights.shape);
        }
    }

    [Theory, MemberData(nameof(Metrics))]
    public void Evaluate_MetaDevice_StaysThere(string name)
    {
        using var scope = NewDisposeScope();
        foreach (var receiveAntennas in new[] { 1, 2 })
        {
            var outcome = Transmit(Drop(receiveAntennas), new MaximumRatio(), streams: 1);
            var values = LinkParts.Metrics[name]().Evaluate(outcome);
            Assert.True(values.is_meta);
            Assert.Equal([2, 3], values.shape);
        }
    }

    [Fact]
    public void Evaluate_MetaDevicePrecoderReport_StaysThere()
    {
        using var scope = NewDisposeScope();
        var drop = Drop(receiveAntennas: 1);
        var told = FeedbackExchange.Perfect(drop.Channel.flatten(0, 2));
        var exchange = told with { Report = told.Report with { Kind = ReportKind.Precoder } };
        var outcome = Links.For(drop, 1).Transmit(drop, exchange, new MaximumRatio(), 0.1);
        Assert.All(LinkParts.Metrics.Where(entry => entry.Key != "crop-energy"), entry => Assert.True(entry.Value().Evaluate(outcome).is_meta));
    }

    private static Tensor OnMeta(Tensor tensor) => tensor.to(META);

    private static ChannelDrop Drop(int receiveAntennas)
    {
        using var scope = NewDisposeScope();
        var channel = OnMeta(Gaussian.Draw(1, 2, 1, 3, 8, receiveAntennas, 4));
        return ChannelDrop.Normalise(channel, Normalisation.Drop).MoveToOuterDisposeScope();
    }

    private static LinkOutcome Transmit(ChannelDrop drop, IPrecoder precoder, int streams) =>
        Links.For(drop, streams).Transmit(drop, Links.Believe(drop), precoder, 0.1);
}
