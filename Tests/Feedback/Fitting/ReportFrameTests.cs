using Feedback.Fitting;
using Simulator;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Feedback.Fitting;

public sealed class ReportFrameTests
{
    // Crops that fill a channel of mean power 1 have scale 0, an eighth of an octave is 9 % of the amplitude, and a fifth of that is 1.7 %.
    [Theory]
    [InlineData(0.999, 0)]
    [InlineData(1.003, 0)]
    [InlineData(1.016, 0)]
    [InlineData(1.020, 1)]
    [InlineData(1.100, 2)]
    [InlineData(0.910, -1)]
    public void Take_SlightlyLargerThanTheScaleThatTrainingSaw_KeepsIt(double factor, int scale)
    {
        using var scope = NewDisposeScope();
        var dimensions = FeedbackCases.Linear;
        var raw = TestMeasurements.Draw(dimensions, 200).Channel.select(1, 0);
        // Of the energy that lies beyond the crop nothing is left, so that crops hold the whole channel's.
        var transform = new AngularDelayTransform(dimensions.Array, dimensions.Subcarriers, 32);
        var inside = view_as_real(transform.Restore(transform.Crop(raw)));
        var power = inside.square().sum([1, 2, 3, 4], keepdim: true) / (dimensions.Subcarriers * dimensions.TransmitAntennas * dimensions.ReceiveAntennas);
        Tensor Times(double amplitude) => view_as_complex((inside / power.sqrt() * amplitude).contiguous());
        var frame = new ReportFrame(dimensions, ReportFrame.Fit("frame", dimensions, 32, align: false, [Times(0.999)]));

        Assert.All(frame.Take(Times(factor)).Scales, found => Assert.Equal(scale, found));
    }
}
