using System.Security.Cryptography;
using System.Text.Json;
using Experiments;
using Feedback.Fitting;
using Feedback.Models;
using Feedback.Neural;
using Feedback.Neural.Codewords;
using Feedback.Neural.CsiNet;
using Feedback.Neural.Training;
using Simulator;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Feedback.Neural;

public sealed class CsiNetFeedbackTests
{
    private static readonly CsiDimensions Dimensions = new(24, 2, new AntennaArray(8));

    [Fact]
    public void Encode_AnyChannel_TakesTheBitsItSays()
    {
        using var scope = NewDisposeScope();
        var scheme = new CodewordFeedback(Dimensions, new CodewordOptions { Bits = 3 }, Model());
        var messages = scheme.Encode(TestMeasurements.Draw(Dimensions, 5));
        // Two receive antennas, each 11 bits of scale and 20 values of 3 bits on average.
        Assert.All(messages, message => Assert.Equal(2 * (11 + 20 * 3), message.Length));
        Assert.Equal(142, scheme.ReportBits);
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e6)]
    public void Decode_ScaledChannel_IsScaledReport(double scale)
    {
        using var scope = NewDisposeScope();
        var scheme = new CodewordFeedback(Dimensions, new CodewordOptions { Bits = 8 }, Model());
        var reference = TestMeasurements.Draw(Dimensions, 4);
        var scaled = TestMeasurements.Of(reference.Channel.select(1, 0) * (float)scale);
        var first = TestMeasurements.NormalisedError(reference, scheme.Decode(scheme.Encode(reference)));
        var second = TestMeasurements.NormalisedError(scaled, scheme.Decode(scheme.Encode(scaled)));
        // The scale's quantisation leaves up to an eighth of amplitude to the network, which is not quite linear.
        Assert.Equal(first, second, 0.1);
    }

    [Fact]
    public void Decode_ZeroChannel_IsZero()
    {
        using var scope = NewDisposeScope();
        var scheme = new CodewordFeedback(Dimensions, new CodewordOptions(), Model());
        var report = scheme.Decode(scheme.Encode(TestMeasurements.Of(zeros([1, 24, 2, 8], dtype: ScalarType.ComplexFloat32))));
        Assert.All(report.Numbers(), number => Assert.Equal(0, number));
    }

    [Fact]
    public void Create_OtherAntennas_IsRefusedByNumber()
    {
        var exception = Assert.Throws<InvalidModelException>(
            () => new CodewordFeedback(new CsiDimensions(24, 1, new AntennaArray(16)), new CodewordOptions(), Model()));
        Assert.Equal("The model 'untrained' is for 8 transmit antennas; the scenario has 16.", exception.Message);
        Assert.Throws<InvalidModelException>(() => new CodewordFeedback(new CsiDimensions(6, 1, new AntennaArray(8)), new CodewordOptions(), Model()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CodewordFeedback(Dimensions, new CodewordOptions { Bits = 9 }, Model()));
    }

    [Fact]
    public void Fit_Allocation_SpendsTheMeanAndFavoursStrongValues()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(7);
        var deviations = tensor(new[] { 8.0, 1, 0.25, 1e-3 });
        var codewords = randn([5000, 4], dtype: ScalarType.Float64, generator: random) * deviations + 3;
        var quantizer = CodewordQuantizer.Fit(codewords, [1, 1, 1, 1]);
        for (var bits = 2; bits <= 8; bits++)
        {
            var allocation = quantizer.Allocation(bits).ToArray();
            Assert.Equal(4 * bits, allocation.Sum());
            Assert.Equal(allocation.OrderDescending(), allocation);
        }
        // A Gaussian value of 4 bits by Lloyd and Max: distortion 0.009497; 5,000 samples fit it to some percent.
        var errors = codewords.select(1, 1).data<double>().ToArray().Select(value => value - quantizer.Value(1, quantizer.Index(1, value, 4), 4));
        Assert.Equal(0.0095, errors.Average(error => error * error), 0.0012);
    }

    [Fact]
    public void Run_WholeTraining_LeavesAModelThatLoadsAndTellsItsFigures()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var card = Trained(TinyTraining.Recipe.TestDrops, folder, "checkpoint");
            var store = new ModelStore([folder]);
            Assert.Equal(["tiny"], store.Names());
            Assert.Equal(card.Sha256, store.Card("tiny").Sha256);
            Assert.InRange(card.Figures["test-nmse-crop"], -80, -10);
            // Other test drops: other figures, the same weights to the bit.
            var other = Trained(TinyTraining.Recipe.TestDrops / 2, Path.Combine(folder, "other"), "checkpoint2");
            Assert.NotEqual(card.Figures["test-nmse-crop"], other.Figures["test-nmse-crop"]);
            Assert.Equal(card.Sha256, other.Sha256);
            Assert.True(card.Figures["test-nmse-crop-8-bits"] < card.Figures["test-nmse-crop-2-bits"]);
            var shared = new SharedModels(Catalogues.KindOf);
            CheckNmse(card, Load(shared, store));
            Assert.Same(Load(shared, store), Load(shared, store));
            CheckRefusals(folder, store);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ModelCard Trained(int testDrops, string folder, string checkpoint) =>
        Training(testDrops).Run(folder, Path.Combine(folder, "..", Path.GetFileName(folder) + checkpoint), null, CancellationToken.None).Card!;

    private static NetworkTraining Training(int testDrops) => new()
    {
        Name = "tiny",
        Plan = new NetworkPlan("csinet", TinyTraining.Architecture, TinyTraining.Architecture.Kind()),
        Recipe = TinyTraining.Recipe with { ChunkDrops = 320, ValidateEvery = 15, TestDrops = testDrops },
        Drops = TinyTraining.Drops(),
        Dimensions = TinyTraining.Dimensions,
        Channel = JsonDocument.Parse("""{"channel":"few"}""").RootElement,
    };

    // The figures of the card, measured again through the scheme with full channels.
    private static void CheckNmse(ModelCard card, CodewordModel model)
    {
        using var scope = NewDisposeScope();
        var scheme = new CodewordFeedback(TinyTraining.Dimensions, new CodewordOptions { Bits = 4 }, model);
        var found = SchemeTest.Run(scheme, TinyTraining.Transform, [TinyTraining.Drops().DrawChannels("test", 0, TinyTraining.Recipe.TestDrops)]);
        Assert.Equal(card.Figures["test-nmse-crop-4-bits"], found.NmseDecibels, 0.01);
    }

    private static void CheckRefusals(string folder, ModelStore store)
    {
        Assert.Contains("permitted: tiny", Assert.Throws<InvalidModelException>(() => store.PathOf("tin")).Message, StringComparison.Ordinal);
        var file = Path.Combine(folder, "tiny.safetensors");
        var content = File.ReadAllBytes(file);
        content[^1] ^= 1;
        File.WriteAllBytes(file, content);
        var altered = Assert.Throws<InvalidModelException>(() => Load(new SharedModels(Catalogues.KindOf), store));
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(content)), altered.Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "tiny.json"), "{");
        Assert.Contains("no card of a network", Assert.Throws<InvalidModelException>(() => Load(new SharedModels(Catalogues.KindOf), store)).Message, StringComparison.Ordinal);
        File.Delete(Path.Combine(folder, "tiny.json"));
        Assert.Contains("has no card", Assert.Throws<InvalidModelException>(() => Load(new SharedModels(Catalogues.KindOf), store)).Message, StringComparison.Ordinal);
    }

    private static CodewordModel Load(SharedModels shared, ModelStore store) => shared.Load<CodewordModel>(store.PathOf("tiny"), "csinet");

    private static CodewordModel Model() => FeedbackCases.Untrained<CodewordModel>(new CsiNetArchitecture { Delays = 12, Antennas = 8, Codeword = 20 }, seed: 11);
}
