using Simulator;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Contracts;

/// <summary>What every channel estimator promises.</summary>
[DisposesItsTensors]
public sealed class EstimatorContractTests
{
    public static TheoryData<string> Names => LinkParts.Names(LinkParts.Estimators);

    [Theory, MemberData(nameof(Names))]
    public void Measure_Channel_SameShapeAndType(string name)
    {
        using var scope = NewDisposeScope();
        var channel = Gaussian.Draw(1, 3, 2, 5, 2, 4);
        var measurement = Measure(name, channel, 7);
        Assert.Equal(channel.shape, measurement.Channel.shape);
        Assert.Equal(ScalarType.ComplexFloat32, measurement.Channel.dtype);
        Assert.Equal([3], measurement.NoiseVariance.shape);
        Assert.Equal(ScalarType.Float64, measurement.NoiseVariance.dtype);
    }

    [Theory, MemberData(nameof(Names))]
    public void Measure_SameSeed_SameMeasurement(string name)
    {
        using var scope = NewDisposeScope();
        var channel = Gaussian.Draw(1, 3, 1, 5, 1, 4);
        Assert.True(equal(Measure(name, channel, 7).Channel, Measure(name, channel, 7).Channel).all().item<bool>());
    }

    [Theory, MemberData(nameof(Names))]
    public void Measure_GlobalGenerator_Untouched(string name)
    {
        using var scope = NewDisposeScope();
        var before = get_rng_state();
        Measure(name, Gaussian.Draw(1, 3, 1, 5, 1, 4), 7);
        Assert.True(equal(before, get_rng_state()).all().item<bool>());
    }

    [Theory, MemberData(nameof(Names))]
    public void Measure_ManyEntries_StatedErrorVariance(string name)
    {
        using var scope = NewDisposeScope();
        var channel = Gaussian.Draw(1, 4, 1, 256, 2, 32);
        var measurement = Measure(name, channel, 7);
        var errors = Dense.Values((measurement.Channel - channel).abs().square().mean([1, 2, 3, 4]));
        // A mean of 16384 exponentials has a relative deviation of 1/128; six of them.
        Assert.All(errors.Zip(Dense.Values(measurement.NoiseVariance)), pair =>
            Assert.Equal(pair.Second, pair.First, pair.Second * 6 / 128 + 1e-12));
    }

    [Theory, MemberData(nameof(Names))]
    public void Measure_SingleEntry_Finite(string name)
    {
        using var scope = NewDisposeScope();
        Assert.True(Measure(name, Gaussian.Draw(1, 1, 1, 1, 1, 1), 7).Channel.abs().isfinite().all().item<bool>());
    }

    private static Measurement Measure(string name, Tensor channel, ulong seed)
    {
        using var random = new Generator(seed);
        return LinkParts.Estimators[name]().Measure(channel, random);
    }
}
