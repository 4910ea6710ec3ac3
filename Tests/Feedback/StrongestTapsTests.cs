using Feedback;
using Simulator;
using Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Feedback;

public sealed class StrongestTapsTests
{
    [Fact]
    public void MessageBits_LinearArray_IsScalePositionsAndValues()
    {
        using var scope = NewDisposeScope();
        var scheme = new StrongestTaps(FeedbackCases.Linear, new() { Taps = 32, ValueBits = 4, ScaleBits = 10 });

        var messages = scheme.Encode(TestMeasurements.Draw(FeedbackCases.Linear, 3));

        Assert.Equal(10 + 202 + 2 * 32 * 4, scheme.MessageBits);
        Assert.All(messages, message => Assert.Equal(scheme.MessageBits, message.Length));
    }

    [Fact]
    public void Decode_AllTapsAtFullResolution_IsTheChannel()
    {
        using var scope = NewDisposeScope();
        var dimensions = FeedbackCases.Panel;
        var options = new StrongestTapsOptions { DelayRows = 48, Taps = 48 * 2 * 12, ValueBits = 16, Quantizer = TapQuantizer.Uniform };
        var scheme = new StrongestTaps(dimensions, options);
        var measurement = TestMeasurements.Draw(dimensions, 4);

        var error = TestMeasurements.NormalisedError(measurement, scheme.Decode(scheme.Encode(measurement)));

        // Every part is off by at most half a step of 2^-15 of a scale that is at most 5/4 of the peak; the mean power of a part
        // is some thousandths of the peak's.
        Assert.InRange(error, 0, 1e-6);
    }

    [Fact]
    public void Decode_ChannelOfFewTaps_FindsThem()
    {
        using var scope = NewDisposeScope();
        var dimensions = FeedbackCases.Linear;
        var crop = zeros([1, 32, 1, 32], dtype: ScalarType.ComplexFloat32);
        crop[0, 3, 0, 7] = ones([], dtype: ScalarType.ComplexFloat32);
        crop[0, 31, 0, 31] = ones([], dtype: ScalarType.ComplexFloat32) * 0.5;
        var transform = new AngularDelayTransform(dimensions.Array, dimensions.Subcarriers, 32);
        var measurement = TestMeasurements.Of(transform.Restore(crop));
        var scheme = new StrongestTaps(dimensions, new() { Taps = 2, ValueBits = 12, Quantizer = TapQuantizer.Uniform });

        var found = transform.Crop(scheme.Decode(scheme.Encode(measurement)).Rows);

        // Half a step of 2^-11, in two parts, and float32 rounding of the transforms.
        Assert.InRange((found - crop).abs().max().ToSingle(), 0, 4e-4);
    }

    [Theory]
    [InlineData(TapQuantizer.Uniform)]
    [InlineData(TapQuantizer.MuLaw)]
    public void Decode_MoreTapsOrMoreBits_FallsInError(TapQuantizer quantizer)
    {
        using var scope = NewDisposeScope();
        var measurement = TestMeasurements.Draw(FeedbackCases.Linear, 32);
        double Error(int taps, int bits)
        {
            var scheme = new StrongestTaps(FeedbackCases.Linear, new() { Taps = taps, ValueBits = bits, Quantizer = quantizer });
            return TestMeasurements.NormalisedError(measurement, scheme.Decode(scheme.Encode(measurement)));
        }
        double[] byTaps = [.. new[] { 2, 4, 8, 16, 32, 64 }.Select(taps => Error(taps, 6))];
        double[] byBits = [.. new[] { 2, 3, 4, 5, 6 }.Select(bits => Error(32, bits))];

        Assert.Equal(byTaps.OrderDescending(), byTaps);
        Assert.Equal(byBits.OrderDescending(), byBits);
        Assert.InRange(byTaps[^1], 0, 0.75 * byTaps[0]);
    }

    [Fact]
    public void WithinBudget_AnyBudget_TakesTheMostTapsThatFit()
    {
        var dimensions = FeedbackCases.Linear;
        var options = new StrongestTapsOptions { ValueBits = 3 };
        foreach (var budget in new[] { 26, 64, 128, 1000 })
        {
            var fitted = options.WithinBudget(dimensions, budget);
            var next = new StrongestTaps(dimensions, options with { Taps = fitted.Taps + 1 });
            Assert.InRange(new StrongestTaps(dimensions, fitted).MessageBits, 1, budget);
            Assert.True(next.MessageBits > budget);
            Assert.Equal(budget, fitted.ContainerBits);
        }
    }

    [Fact]
    public void Encode_Budget_IsChargedTheContainer()
    {
        using var scope = NewDisposeScope();
        var dimensions = FeedbackCases.Linear;
        var scheme = new StrongestTaps(dimensions, new StrongestTapsOptions().WithinBudget(dimensions, 128));
        var measurement = TestMeasurements.Draw(dimensions, 2);
        var silent = measurement with { Channel = zeros_like(measurement.Channel) };

        Assert.All(scheme.Encode(measurement), message => Assert.Equal(128, message.Length));
        Assert.All(scheme.Encode(silent), message => Assert.Equal(128, message.Length));
    }

    [Fact]
    public void WithinBudget_TooSmall_NamesTheSmallest()
    {
        var exception = Assert.Throws<ArgumentException>(
            () => new StrongestTapsOptions { ValueBits = 4 }.WithinBudget(FeedbackCases.Linear, 20));

        // 10 of the scale, 10 of a position among 1024, 8 of the value.
        Assert.Contains("budget is 20 b; strongest-taps with these options takes at least 28 b", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_OutOfRange_NamesThePermitted()
    {
        string Message(StrongestTapsOptions options) =>
            Assert.Throws<ArgumentException>(() => new StrongestTaps(FeedbackCases.Linear, options)).Message;

        Assert.Contains("taps is 0; permitted is 1 … 1024", Message(new() { Taps = 0 }), StringComparison.Ordinal);
        Assert.Contains("taps is 1025; permitted is 1 … 1024", Message(new() { Taps = 1025 }), StringComparison.Ordinal);
        Assert.Contains("delay-rows is 65; permitted is 1 … 64", Message(new() { DelayRows = 65 }), StringComparison.Ordinal);
        Assert.Contains("value-bits is 17; permitted is 1 … 16", Message(new() { ValueBits = 17 }), StringComparison.Ordinal);
        Assert.Contains("scale-bits is 7; permitted is 8 … 16", Message(new() { ScaleBits = 7 }), StringComparison.Ordinal);
        Assert.Contains("container-bits is 5; permitted is ", Message(new() { ContainerBits = 5 }), StringComparison.Ordinal);
        Assert.Contains("mu must be above 0", Assert.Throws<ArgumentOutOfRangeException>(
            () => new StrongestTaps(FeedbackCases.Linear, new() { Mu = -1 })).Message, StringComparison.Ordinal);
    }
}
