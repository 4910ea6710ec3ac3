using Channels.Cost2100;
using Experiments;
using Feedback.Coding;
using Feedback.Models;
using Feedback.Neural;
using Feedback.Neural.Codewords;
using Simulator;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Feedback.Neural;

public sealed class ShippedModelsTests
{
    private static readonly ModelStore Store = new([Path.Combine(RepositoryRoot.Path, "models")]);

    public static TheoryData<string, string> Models => new()
    {
        { "csinet-indoor-4", "indoor-hall-5ghz" },
        { "csinet-indoor-16", "indoor-hall-5ghz" },
        { "csinet-outdoor-4", "semi-urban-300mhz-los" },
        { "csinet-outdoor-16", "semi-urban-300mhz-los" },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Decode_FreshDrops_ReachesTheFigureOfTheCard(string name, string scenario)
    {
        using var scope = NewDisposeScope();
        var channel = new Cost2100Channel(Cost2100Scenario.Shipped(scenario), new Cost2100Options());
        var transform = new AngularDelayTransform(new AntennaArray(32), 1024, 32);
        var crops = new TrainingDrops(channel, new ResourceGrid(1024, 20e6), transform, seed: 77).Draw("check", 0, 300).squeeze(2);
        var codec = new SharedModels(Catalogues.KindOf).Load<CodewordModel>(Store.PathOf(name), "csinet").Codec;
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
}
