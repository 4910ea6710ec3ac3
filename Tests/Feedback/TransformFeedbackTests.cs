using Feedback.Neural;
using Feedback.Transform;
using Simulator;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Feedback;

public sealed class TransformFeedbackTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(12)]
    public void Encode_OtherDrops_TakesWhatTheModelSays(int step)
    {
        using var scope = NewDisposeScope();
        var scheme = Create(step);
        var measurement = TestMeasurements.Draw(FeedbackCases.Linear, 200);

        var lengths = scheme.Encode(measurement).Select(message => (double)message.Length).ToArray();
        var estimates = scheme.EstimateBits(measurement);

        for (var n = 0; n < lengths.Length; n++)
            Assert.InRange(lengths[n], estimates[n] - 1e-6, estimates[n] + 2.01);
        Assert.InRange(lengths.Average(), 0.99 * estimates.Average() - 2, 1.01 * estimates.Average() + 2);
    }

    [Fact]
    public void Decode_FinerSteps_TakeMoreBitsAndErrLess()
    {
        using var scope = NewDisposeScope();
        var measurement = TestMeasurements.Draw(FeedbackCases.Linear, 50);
        var (bits, error) = (0.0, double.PositiveInfinity);
        foreach (var step in new[] { 2, 4, 6, 8, 10, 12 })
        {
            var scheme = Create(step);
            var messages = scheme.Encode(measurement);
            var length = messages.Average(message => message.Length);
            var remaining = TestMeasurements.NormalisedError(measurement, scheme.Decode(messages));
            Assert.True(length > bits && remaining < error, $"step {step}: {length} bits, error {remaining}");
            (bits, error) = (length, remaining);
        }
    }

    [Fact]
    public void Decode_ValueFarBeyondTheTables_IsEscapedAndReturned()
    {
        using var scope = NewDisposeScope();
        // All energy in the weakest bin of the fit: the root mean square is 1/√2048 of it, the level about 200 at the finest step.
        var crop = zeros([1, 32, 1, 32, 2], dtype: ScalarType.Float32);
        crop.narrow(1, 31, 1).narrow(3, 7, 1).fill_(3);
        var transform = new AngularDelayTransform(FeedbackCases.Linear.Array, FeedbackCases.Linear.Subcarriers, 32);
        var measurement = TestMeasurements.Of(transform.Restore(view_as_complex(crop)));
        var scheme = Create(15);

        // An error of 0.57 steps in two values of about 180 steps: (0.57/180)² = 1e-5.
        Assert.InRange(TestMeasurements.NormalisedError(measurement, scheme.Decode(scheme.Encode(measurement))), 0, 2e-5);
    }

    [Fact]
    public void Read_WrittenModel_GivesTheSameBitsAndDamageIsRefused()
    {
        using var scope = NewDisposeScope();
        using var buffer = new MemoryStream();
        FeedbackCases.Fitted(FeedbackCases.Linear).Write(buffer);
        var content = buffer.ToArray();
        var measurement = TestMeasurements.Draw(FeedbackCases.Linear, 5);

        var read = new TransformFeedback(FeedbackCases.Linear, new() { Step = 9 }, TransformModel.Read(content, "tiny", "tiny"));

        Assert.Equal(Create(9).Encode(measurement), read.Encode(measurement));
        Assert.Throws<InvalidModelException>(() => TransformModel.Read(content.AsSpan(0, content.Length / 2), "tiny", "tiny"));
        Assert.Throws<InvalidModelException>(() => new TransformFeedback(FeedbackCases.Panel, new(), FeedbackCases.Fitted(FeedbackCases.Linear)));
        Assert.Throws<ArgumentException>(() => Create(16));
    }

    [Theory]
    [InlineData("transform-indoor")]
    [InlineData("transform-outdoor")]
    public void LoadFile_ShippedModel_IsWhatItsCardSays(string name)
    {
        using var scope = NewDisposeScope();
        var file = Path.Combine(RepositoryRoot.Path, "models", name + ".safetensors");
        var card = FittedCard.Beside(file);
        var dimensions = new CsiDimensions(1024, 1, new AntennaArray(32));
        var scheme = new TransformFeedback(dimensions, new() { Step = 6 }, TransformModel.LoadFile(file));
        var measurement = TestMeasurements.Draw(dimensions, 2);

        Assert.Equal(2, scheme.Decode(scheme.Encode(measurement)).Rows.shape[0]);
        for (var step = 0; step < 16; step++)
        {
            var estimate = card.Figures[$"step-{step}-estimate"];
            Assert.InRange(card.Figures[$"step-{step}-bits"], 0.99 * estimate - 2, 1.01 * estimate + 2);
        }
    }

    private static TransformFeedback Create(int step) =>
        new(FeedbackCases.Linear, new() { Step = step }, FeedbackCases.Fitted(FeedbackCases.Linear));
}
