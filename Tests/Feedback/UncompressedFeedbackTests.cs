using Feedback;
using Feedback.Quantization;
using Simulator;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Feedback;

public sealed class UncompressedFeedbackTests
{
    [Fact]
    public void Decode_SinglePrecision_IsTheMeasurementAt64BitsACoefficient()
    {
        using var scope = NewDisposeScope();
        var dimensions = FeedbackCases.Panel;
        var scheme = new UncompressedFeedback(dimensions, new());
        var measurement = TestMeasurements.Draw(dimensions, 4);

        var messages = scheme.Encode(measurement);
        var report = scheme.Decode(messages);

        Assert.All(messages, message => Assert.Equal(64 * 48 * 2 * 12, message.Length));
        Assert.Equal(Report.OfChannel(measurement.Channel.select(1, 0)).Numbers(), report.Numbers());
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1e-30)]
    [InlineData(1e30)]
    public void Decode_HalfPrecision_IsWithinHalfPrecisionOfThePeak(double scale)
    {
        using var scope = NewDisposeScope();
        var dimensions = FeedbackCases.Linear;
        var scheme = new UncompressedFeedback(dimensions, new() { Precision = FloatPrecision.Half });
        var measurement = TestMeasurements.Draw(dimensions, 4, scale: scale);

        var messages = scheme.Encode(measurement);
        var error = TestMeasurements.NormalisedError(measurement, scheme.Decode(messages));

        Assert.All(messages, message => Assert.Equal(8 + 32 * 64 * 32, message.Length));
        // Relative rounding errors are at most 2^-11 of each part, hence (2^-11)² of the power.
        Assert.InRange(error, 0, Math.Pow(2, -22));
    }

    [Fact]
    public void Constructor_UnknownPrecision_NamesThePermitted()
    {
        var exception = Assert.Throws<ArgumentException>(
            () => new UncompressedFeedback(FeedbackCases.Linear, new() { Precision = (FloatPrecision)7 }));
        Assert.Contains("permitted is single or half", exception.Message, StringComparison.Ordinal);
    }
}
