using Feedback.Coding;
using Feedback.Context;
using Feedback.Fitting;
using Simulator;
using Tests.Support;

namespace Tests.Feedback.Context;

public sealed class ContextCodecTests
{
    public static TheoryData<bool, int> Cases => new() { { false, 3 }, { false, 8 }, { true, 3 }, { true, 8 }, { true, 13 } };

    [Theory, MemberData(nameof(Cases))]
    public void Write_AnyCrop_TakesWhatASlowSumOverNeighboursSays(bool isPanel, int step)
    {
        var dimensions = isPanel ? FeedbackCases.Panel : FeedbackCases.Linear;
        var model = FeedbackCases.Model("context-transform", dimensions);
        var crop = Crop(dimensions, step);
        var counted = new IdealLength();

        new ContextCodec(model, dimensions, price: 0).Write(counted, crop, step);

        // Both sum the same logarithms in float64.
        Assert.Equal(new SlowContext(model, dimensions, step).Bits(crop), counted.Bits, 1e-6);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Read_WrittenCrop_IsWithinAStepOfEveryValue(bool isPanel, int step)
    {
        var dimensions = isPanel ? FeedbackCases.Panel : FeedbackCases.Linear;
        var codec = new ContextCodec(FeedbackCases.Model("context-transform", dimensions), dimensions, price: 0);
        var crop = Crop(dimensions, step);

        var decoded = CodedCrops.Pass(codec, crop, step);

        // A level spans from its number minus 1/3 to plus 2/3 and its reconstruction lies in it; zero reaches to 2/3 of a step.
        var width = 32 * Math.Pow(2, -0.5 * step);
        Assert.Contains(decoded, value => value != 0);
        for (var i = 0; i < crop.Length; i++)
            Assert.InRange(Math.Abs(crop[i] - decoded[i]), 0, 1.0001 * width);
    }

    // Values of the drops that models are fitted to, but of other seeds, and a few that no table knows.
    private static float[] Crop(CsiDimensions dimensions, int step)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var frame = new ReportFrame(dimensions, FeedbackCases.Model("context-transform", dimensions));
        var crop = frame.Take(TestMeasurements.Draw(dimensions, 1, seed: 77).Channel.select(1, 0)).Values;
        for (var i = 40; i < crop.Length; i += 301)
            crop[i] = (i % 2 == 0 ? 70 : -70) * 32 * MathF.Pow(2, -0.5f * step);
        return crop;
    }
}
