using Feedback.Transform;
using Tests.Support;

namespace Tests.Feedback;

public sealed class TransformTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(7.5)]
    [InlineData(15.0)]
    public void Read_WrittenCrop_IsWithinAStepOfEveryValue(double step)
    {
        var codec = new TransformCodec(FeedbackCases.Model("transform", FeedbackCases.Linear), 1);
        var crop = new float[2 * 32 * 32];
        for (var i = 0; i < crop.Length; i++)
            crop[i] = i % 97 == 0 ? 0.3f * (i - 1000) : MathF.Sin(i);

        var decoded = CodedCrops.Pass(codec, crop, step);

        // A level spans from its number minus 1/3 to plus 2/3 and its reconstruction lies in it; zero reaches to 2/3 of a step. Values as large as 300
        // are far beyond all tables at fine steps and come through the escape.
        var width = 32 * Math.Pow(2, -0.5 * step);
        for (var i = 0; i < crop.Length; i++)
            Assert.InRange(Math.Abs(crop[i] - decoded[i]), 0, 1.0001 * width);
    }
}
