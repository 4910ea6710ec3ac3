using Channels.Cost2100;
using Channels.Multipath;
using Experiments;
using Feedback.Coding;
using Feedback.Fitting;
using Feedback.Models;
using Feedback.Neural.Codewords;
using Feedback.Neural.Latents;
using Feedback.Neural;
using Simulator;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Feedback.Neural;

public sealed class ShippedModelsTests
{
    private static readonly ModelStore Store = new([Path.Combine(RepositoryRoot.Path, "models")]);

    public static TheoryData<string, string, string> Models => new()
    {
        { "csinet-indoor-4", "csinet", "indoor-hall-5ghz" },
        { "csinet-indoor-16", "csinet", "indoor-hall-5ghz" },
        { "csinet-indoor-32", "csinet", "indoor-hall-5ghz" },
        { "csinet-indoor-64", "csinet", "indoor-hall-5ghz" },
        { "csinet-outdoor-4", "csinet", "semi-urban-300mhz-los" },
        { "csinet-outdoor-16", "csinet", "semi-urban-300mhz-los" },
        { "csinet-outdoor-32", "csinet", "semi-urban-300mhz-los" },
        { "csinet-outdoor-64", "csinet", "semi-urban-300mhz-los" },
        { "csinet-plus-indoor-16", "csinet-plus", "indoor-hall-5ghz" },
        { "csinet-plus-outdoor-16", "csinet-plus", "semi-urban-300mhz-los" },
        { "crnet-indoor-16", "crnet", "indoor-hall-5ghz" },
        { "crnet-outdoor-16", "crnet", "semi-urban-300mhz-los" },
    };

    [Theory]
    [InlineData("hybrid-indoor-los", "hybrid", 7, "indoor-hall-5ghz", DelayReference.Los)]
    [InlineData("hybrid-indoor", "hybrid", 7, "indoor-hall-5ghz", DelayReference.Absolute)]
    [InlineData("hybrid-outdoor-los", "hybrid", 7, "semi-urban-300mhz-los", DelayReference.Los)]
    [InlineData("hybrid-outdoor", "hybrid", 7, "semi-urban-300mhz-los", DelayReference.Absolute)]
    [InlineData("stqnet-indoor-16", "stqnet", 0, "indoor-hall-5ghz", DelayReference.Absolute)]
    [InlineData("stqnet-outdoor-16", "stqnet", 0, "semi-urban-300mhz-los", DelayReference.Absolute)]
    [InlineData("deepcmc-indoor", "deepcmc", 5, "indoor-hall-5ghz", DelayReference.Absolute)]
    [InlineData("deepcmc-outdoor", "deepcmc", 5, "semi-urban-300mhz-los", DelayReference.Absolute)]
    public void Encode_FreshDropsByCodedNetwork_TakesAndGivesWhatTheCardSays(string name, string kind, int step, string scenario, DelayReference timing)
    {
        using var scope = NewDisposeScope();
        const int count = 100;
        var dimensions = new CsiDimensions(1024, 1, new AntennaArray(32));
        var channel = new Cost2100Channel(Cost2100Scenario.Shipped(scenario), new Cost2100Options { Timing = timing });
        var transform = new AngularDelayTransform(dimensions.Array, 1024, 32);
        var channels = new TrainingDrops(channel, new ResourceGrid(1024, 20e6), transform, seed: 77).DrawChannels("check", 0, count);
        var scheme = new SharedModels(Catalogues.KindOf).Load<LatentModel>(Store.PathOf(name), kind).Schemes(dimensions)[step].Scheme;

        var messages = scheme.Encode(new Measurement(channels.unsqueeze(1), zeros([count], dtype: ScalarType.Float64)));
        var crops = view_as_real(transform.Crop(channels));
        var difference = view_as_real(transform.Crop(scheme.Decode(messages).Rows)) - crops;
        var errors = (difference.square().sum([1, 2, 3, 4]) / crops.square().sum([1, 2, 3, 4])).data<float>().Select(error => (double)error).ToArray();

        // The card's own drops are a few hundred: five standard errors of the difference of the two means, of fewer drops than either.
        var figures = Store.Card(name).Figures;
        AssertMean(figures[$"test-bits-step-{step}"], [.. messages.Select(message => (double)message.Length)]);
        AssertMean(Math.Pow(10, figures[$"test-nmse-crop-step-{step}"] / 10), errors);
    }

    [Fact]
    public void Load_ModelOfTheOtherKind_IsRefusedByItsScheme()
    {
        var folder = Path.Combine(RepositoryRoot.Path, "models");
        var network = Assert.Throws<InvalidModelException>(() => new SharedModels(Catalogues.KindOf).Load<LatentModel>(Path.Combine(folder, "transform-indoor-los.safetensors"), "hybrid"));
        var fitted = Assert.Throws<InvalidModelException>(() => FittedTables.Load(Path.Combine(folder, "hybrid-indoor-los.safetensors"), "transform"));
        Assert.Contains("is no card of a network; it says it is for the scheme 'transform'", network.Message, StringComparison.Ordinal);
        Assert.Contains("is no card of a fitted model; it says it is for the scheme 'hybrid'", fitted.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Decode_FreshDrops_ReachesTheFigureOfTheCard(string name, string scheme, string scenario)
    {
        using var scope = NewDisposeScope();
        var channel = new Cost2100Channel(Cost2100Scenario.Shipped(scenario), new Cost2100Options());
        var transform = new AngularDelayTransform(new AntennaArray(32), 1024, 32);
        var crops = new TrainingDrops(channel, new ResourceGrid(1024, 20e6), transform, seed: 77).Draw("check", 0, 300).squeeze(2);
        var codec = new SharedModels(Catalogues.KindOf).Load<CodewordModel>(Store.PathOf(name), scheme).Codec;
        var writers = Enumerable.Range(0, 300).Select(_ => new BitWriter()).ToArray();

        codec.Encode(crops, 4, crop => writers[crop]);
        var decoded = codec.Decode([.. writers.Select(writer => new BitReader(writer.ToBitString()))], 4);

        Assert.All(writers, writer => Assert.Equal(codec.Length(4), writer.Length));
        var error = view_as_real(decoded - crops).square().sum([1, 2, 3]) / view_as_real(crops).square().sum([1, 2, 3]);
        var mean = error.mean().item<float>();
        var uncertainty = Math.Sqrt((error - mean).square().mean().item<float>() / 300);
        // Four standard errors of 300 drops, plus a hundredth for the card's own 4,000 drops.
        var expected = Math.Pow(10, Store.Card(name).Figures["test-nmse-crop-4-bits"] / 10);
        Assert.InRange(mean, expected - 4 * uncertainty - 0.01 * expected, expected + 4 * uncertainty + 0.01 * expected);
    }

    private static void AssertMean(double expected, double[] found)
    {
        var mean = found.Average();
        var deviation = Math.Sqrt(found.Sum(value => (value - mean) * (value - mean)) / (found.Length - 1));
        Assert.InRange(mean, expected - 5 * deviation * Math.Sqrt(2.0 / found.Length), expected + 5 * deviation * Math.Sqrt(2.0 / found.Length));
    }
}
