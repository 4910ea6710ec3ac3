using Feedback.Fitting;
using Feedback.Neural;
using Feedback.Neural.Codewords;
using Feedback.Neural.CrNet;
using Feedback.Neural.CsiNet;
using Feedback.Neural.CsiNetPlus;
using Feedback.Neural.DeepCmc;
using Feedback.Neural.StqNet;
using Feedback.Neural.Training;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Feedback.Neural;

/// <summary>The networks of the literature: their sizes against published and closed counts, and that all of them learn.</summary>
public sealed class RivalNetworksTests
{
    private static readonly INetworkArchitecture[] Tiny =
    [
        new CsiNetPlusArchitecture { Delays = 8, Antennas = 8, Codeword = 16, Blocks = 1, TerminalSlope = 1 },
        new CrNetArchitecture { Delays = 8, Antennas = 8, Codeword = 16, PathSlope = 1 },
        new StqNetArchitecture { Delays = 8, Antennas = 8, Codeword = 16, Bits = 6 },
        new DeepCmcArchitecture { Delays = 8, Antennas = 8, Channels = 8, LatentChannels = 8, Rates = 4 },
    ];

    public static TheoryData<string> Names => [.. Tiny.Select(size => size.GetType().Name)];

    [Fact]
    public void Operations_OfRatioOneQuarterAndLess_AreThePublishedOnes()
    {
        // Published, in millions of multiply-accumulates: CsiNet 5.41 and 3.45 at ratios 1/4 and 1/64, CRNet 5.12 and 3.16, CsiNet+ 24.57 at 1/4.
        Assert.Equal(5.41, Millions(new CsiNetArchitecture()), 0.005);
        Assert.Equal(3.45, Millions(new CsiNetArchitecture { Codeword = 32 }), 0.005);
        Assert.Equal(5.12, Millions(new CrNetArchitecture()), 0.005);
        Assert.Equal(3.16, Millions(new CrNetArchitecture { Codeword = 32 }), 0.005);
        Assert.Equal(24.57, Millions(new CsiNetPlusArchitecture()), 0.005);
    }

    [Fact]
    public void Parameters_OfEachNetwork_AreTheCountedOnes()
    {
        const int dense = 2 * 2048 * 512 + 512 + 2048;
        // Kernels as above; gain and offset of each output of 2 + 2 + 1·2, then for each block.
        Assert.Equal(dense + 3 * 196 + 3 * 4 + 5 * (4272 + 2 * (8 + 16 + 2)), Parameters(new CsiNetPlusArchitecture()));
        Assert.Equal(dense + 4 * 36 + 8 + 100 + 6 * 4 + 2 * (1351 + 2 * (5 * 7 + 2)), Parameters(new CrNetArchitecture()));
        // A block: dense 32→96, seven of 32→32, 4→8, with offsets; 8x8 convolution; four normalisations of 32 and one of 4.
        const int block = (32 * 96 + 96) + 7 * (32 * 32 + 32) + (4 * 8 + 8) + (256 + 2) + 2 * (4 * 32 + 4);
        const int resampling = 2 * (64 + 2);
        const int terminal = (32 + 16) + (800 + 2) + block + resampling + 2 * 64;
        const int station = (100 + 4) + (1351 + 74) + (100 + 2) + block + resampling + 2 * 64;
        Assert.Equal(dense + 2 * 512 + terminal + station, Parameters(new StqNetArchitecture()));
        const int down = (162 * 32 + 32) + (25 * 1024 + 32) + (25 * 512 + 16);
        const int up = (25 * 512 + 32) + 4 * (25 * 1024 + 32) + (16 * 1024 + 32) + (64 * 16 + 2) + (324 + 2);
        Assert.Equal(down + up + 4 * 16 + 9 * 16, Parameters(new DeepCmcArchitecture { Rates = 4 }));
    }

    [Theory, MemberData(nameof(Names))]
    public void Run_SharedTrainer_HalvesTheErrorAndTheModelOutlivesItsFile(string size)
    {
        using var scope = NewDisposeScope();
        var architecture = Tiny.Single(found => found.GetType().Name == size);
        var model = FeedbackCases.Untrained<INetworkModel>(architecture);
        var drops = TinyTraining.Drops();
        var recipe = TinyTraining.Recipe with { Steps = 400, ValidateEvery = 100, LearningRate = 5e-3, Lambda = size.StartsWith("Deep", StringComparison.Ordinal) ? 1e-4 : 0, Halvings = size.StartsWith("Deep", StringComparison.Ordinal) ? 3 : 0 };
        if (model.Network is CodewordNetwork)
            NetworkStart.Apply(model.Network, recipe with { Start = StartingWeights.Random }, view_as_real(drops.Draw("training", 0, 64).squeeze(2)) * Math.Sqrt(128), drops.GeneratorOf("weights", 0));

        var result = new Trainer(model.Schemes(TinyTraining.Dimensions)[0].Scheme, recipe, drops).Run(null, null, CancellationToken.None);

        Assert.True(result.BestNmse < 0.5 * result.Curve[0].Nmse, $"{result.Curve[0].Nmse} → {result.BestNmse}");
        var kind = FeedbackCases.KindOf(architecture);
        var tables = kind.Fit(model.Network, model.Tables, view_as_real(drops.Draw("training", 0, 300).squeeze(2)) * Math.Sqrt(128));
        var trained = kind.Assemble(model.Network, tables);
        var test = drops.Draw("test", 0, 100);
        var figures = trained.Schemes(TinyTraining.Dimensions).Select(found => SchemeTest.Run(found.Scheme, drops.Transform, [drops.Transform.Restore(test)])).ToArray();
        // Quantised to real bits the finest rate is worth something, and finer ones take more.
        Assert.InRange(figures[^1].Nmse, 0, 0.8);
        for (var rate = 1; rate < figures.Length; rate++)
            Assert.True(figures[rate].Bits > figures[rate - 1].Bits);

        using var buffer = new MemoryStream();
        NetworkFile.Write(buffer, trained, WeightPrecision.Full);
        var read = NetworkFile.Read(buffer.ToArray(), "tiny", CardOf(architecture), kind);
        var measurement = TestMeasurements.Of(drops.Transform.Restore(test));
        var (before, after) = (trained.Schemes(TinyTraining.Dimensions)[^1].Scheme, read.Schemes(TinyTraining.Dimensions)[^1].Scheme);
        Assert.Equal(before.Encode(measurement), after.Encode(measurement));
    }

    [Fact]
    public void StartLinear_OnFewDirections_RebuildsThem()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var random = new Generator(5);
        var drops = TinyTraining.Drops();
        var train = view_as_real(drops.Draw("training", 0, 400).squeeze(2)) * Math.Sqrt(128);
        var test = view_as_real(drops.Draw("test", 0, 50).squeeze(2)) * Math.Sqrt(128);
        foreach (var size in Tiny.Take(3))
        {
            var network = (nn.Module<Tensor, Tensor>)FeedbackCases.KindOf(size).Build();
            NetworkStart.Apply(network, TinyTraining.Recipe, train, random);
            // Eight real dimensions lie within sixteen values; what is left is the sigmoid's bend. Of every row the last normalisation of stqnet takes the mean and what
            // lies along the large row, two of eight dimensions; steps of 2/63, expanded by ln 256 times a value, leave another 0.0025, and its sigmoid's bend
            // 15/144 of the fourth power of 4/√128, 0.0016.
            Assert.InRange((network.call(test) - test).square().mean().item<float>(), 0, size is StqNetArchitecture ? 0.255 : 2e-3);
        }
    }

    private static double Millions(INetworkCost cost) => (cost.TerminalOperations + cost.BaseStationOperations) / 1e6;

    private static long Parameters(INetworkArchitecture architecture)
    {
        using var scope = NewDisposeScope();
        return FeedbackCases.KindOf(architecture).Build().parameters().Sum(parameter => parameter.numel());
    }

    private static ModelCard CardOf(INetworkArchitecture architecture) => new()
    {
        Name = "tiny",
        Scheme = "tiny",
        Architecture = ModelCard.Describe(architecture),
        Recipe = TinyTraining.Recipe,
        Channel = default,
        Steps = 0,
        BestStep = 0,
        Drops = 0,
        Figures = new Dictionary<string, double>(),
        Parameters = 0,
        TerminalOperations = 0,
        BaseStationOperations = 0,
        TrainingSeconds = 0,
        Sha256 = "",
    };
}
