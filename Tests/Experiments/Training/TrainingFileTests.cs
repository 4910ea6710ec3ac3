using Experiments.Commands;
using Experiments.Configuration;
using Experiments.Training;
using Feedback.Neural;
using Feedback.Neural.CsiNet;
using Feedback.Neural.Training;
using Tests.Support;

namespace Tests.Experiments.Training;

public sealed class TrainingFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Read_ShippedRecipes_AreValid()
    {
        var jobs = TrainingFile.Read(Path.Combine(RepositoryRoot.Path, "training", "csinet.yaml"), []);
        int[] ratios = [4, 16, 32, 64];
        Assert.Equal(new[] { "indoor", "outdoor" }.SelectMany(place => ratios.Select(ratio => $"csinet-{place}-{ratio}")), jobs.Select(job => job.Name));
        Assert.Equal([512, 128, 64, 32, 512, 128, 64, 32], jobs.Select(job => Assert.IsType<CsiNetArchitecture>(job.Network!.Architecture).Codeword));
        Assert.All(jobs, job => Assert.Equal(32, job.Network!.Architecture.Antennas));
    }

    [Fact]
    public void Read_OtherNetworks_AreValidIndoorAndOutdoorAndSayWhetherModelsShip()
    {
        var jobs = new[] { "rivals.yaml", "hybrid.yaml" }.SelectMany(file => TrainingFile.Read(Path.Combine(RepositoryRoot.Path, "training", file), [])).ToList();
        foreach (var scheme in global::Experiments.Catalogues.Networks.Names.Except(["csinet"]))
        {
            var own = jobs.Where(job => job.Network!.Scheme == scheme).ToList();
            Assert.Contains(own, job => job.Name.StartsWith($"{scheme}-indoor", StringComparison.Ordinal));
            Assert.Contains(own, job => job.Name.StartsWith($"{scheme}-outdoor", StringComparison.Ordinal));
            // A page that says that no model ships must change once one does.
            var shipped = new ModelStore([Path.Combine(RepositoryRoot.Path, "models")]).Names().Any(name => own.Any(job => job.Name == name));
            var page = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "feedback", $"{scheme}.md"));
            Assert.Equal(!shipped, page.Contains("**No model ships**", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Read_RecipeInTheUnitsOfTheFile_IsTheRecord()
    {
        var job = Assert.Single(TrainingFile.Read(Write(
            """
            scenarios:
              rich: { channel: rayleigh, subcarriers: 64, array: { columns: 8 } }
            models:
              small:
                scheme: csinet
                scenario: rich
                network: { delays: 8, codeword: 16, terminal-slope: 0.5 }
                recipe: { steps: 7, loss: mse, start: random, energy-range: 2 dB, estimate-snr: 5 dB, estimate-snr-range: 20 dB, precision: full }
            """), []));
        Assert.Equal(new CsiNetArchitecture { Delays = 8, Antennas = 8, Codeword = 16, TerminalSlope = 0.5 }, job.Network!.Architecture);
        var expected = new TrainingRecipe
        {
            Steps = 7, Loss = TrainingLoss.Mse, Start = StartingWeights.Random, EnergyRangeDecibels = 2, EstimateSnrDecibels = 5, EstimateSnrRangeDecibels = 20, Precision = WeightPrecision.Full,
        };
        Assert.Equal(expected, job.Recipe);
    }

    [Theory]
    [InlineData("recipe: { stepps: 7 }", "the key 'stepps' is not known")]
    [InlineData("recipe: { steps: 0 }", "steps")]
    [InlineData("recipe: { estimate-snr-range: 5 dB }", "where it begins")]
    [InlineData("recipe: { loss: l1 }", "'l1' is not permitted")]
    [InlineData("recipe: { align: true }", "align is not possible with 'csinet'")]
    [InlineData("network: { codeword: 5000 }", "codeword")]
    [InlineData("networks: { codeword: 5 }", "the key 'networks' is not known")]
    [InlineData("network: { antennas: 16 }", "the scenario has 8 antennas")]
    public void Read_Mistake_IsNamedWithItsPlace(string line, string expected)
    {
        var file = Write(
            $$"""
            scenarios: { rich: { channel: rayleigh, subcarriers: 64, array: { columns: 8 } } }
            models:
              small:
                scheme: csinet
                scenario: rich
                {{line}}
            """);
        var error = Assert.Single(Assert.Throws<BadInputException>(() => TrainingFile.Read(file, [])).Errors);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Line, 3, 6);
    }

    [Fact]
    public void Read_ShippedFits_AreValid()
    {
        var jobs = TrainingFile.Read(Path.Combine(RepositoryRoot.Path, "training", "codecs.yaml"), []);
        Assert.Equal(
            jobs.Select(job => job.Name).Order(StringComparer.Ordinal),
            new ModelStore([Path.Combine(RepositoryRoot.Path, "models")]).Names()
                .Where(name => !global::Experiments.Catalogues.Networks.Names.Any(network => name.StartsWith($"{network}-", StringComparison.Ordinal))));
    }

    [Fact]
    public void Invoke_TinyFit_WritesTheSameModelTwice()
    {
        var file = Write(
            """
            scenarios: { rich: { channel: rayleigh, subcarriers: 64, array: { columns: 8 } } }
            models: { small: { scheme: transform, scenario: rich, fit: { drops: 300, test-drops: 50, delays: 8 } } }
            """);
        foreach (var models in new[] { "one", "two" })
        {
            using var text = new StringWriter();
            Assert.Equal(0, CommandLine.Invoke(global::Experiments.Program.CreateRoot(), ["train", file, "--out", Path.Combine(folder, models)], text, text));
            Assert.Contains("small: step 15", text.ToString(), StringComparison.Ordinal);
        }
        // Cards have the checksum of the tables, and times are those of the machine.
        Assert.Equal(Card("one"), Card("two"));
        var card = Path.Combine(folder, "two", "small.json");
        File.WriteAllText(card, File.ReadAllText(card).Replace("\"step-0-bits\"", "\"bits-before\"", StringComparison.Ordinal));
        Assert.NotEqual(Card("one"), Card("two"));
        using var silence = new StringWriter();
        Assert.Equal(0, CommandLine.Invoke(global::Experiments.Program.CreateRoot(), ["train", file, "--out", Path.Combine(folder, "two"), "--test"], silence, silence));
        Assert.Equal(Card("one"), Card("two"));

        List<string> Card(string models) => [.. File.ReadLines(Path.Combine(folder, models, "small.json")).Where(line => !line.Contains("milliseconds", StringComparison.Ordinal))];
    }

    [Fact]
    public void Invoke_InterruptedRecipe_AsksForResumeAndRefusesAnother()
    {
        var file = Write(Tiny(steps: 4));
        Directory.CreateDirectory(Path.Combine(folder, "runs"));
        File.WriteAllText(Path.Combine(folder, "runs", "small.checkpoint"), "");
        Assert.Contains("--resume", Fails(file), StringComparison.Ordinal);
        Assert.Contains("belongs to another recipe", Fails(file, "--resume"), StringComparison.Ordinal);
    }

    [Fact]
    public void Invoke_TinyRecipe_WritesModelCardAndCurve()
    {
        var (code, output, error) = Invoke(Write(Tiny(steps: 12)));
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("step 12/12", output, StringComparison.Ordinal);
        Assert.Contains("small: expected time 0:00:0", output, StringComparison.Ordinal);
        var card = new ModelStore([Path.Combine(folder, "models")]).Card("small");
        Assert.Equal(12, card.Steps);
        var figure = File.ReadAllText(Path.Combine(folder, "runs", "small.svg"));
        Assert.StartsWith("<svg", figure.TrimStart('\uFEFF').Split("?>")[^1].TrimStart(), StringComparison.Ordinal);
        // Lines of validation and training, by their colours.
        Assert.Contains("rgb(0,114,178)", figure, StringComparison.Ordinal);
        Assert.Contains("rgb(213,94,0)", figure, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(folder, "runs"), "*.checkpoint"));
    }

    [Fact]
    public void Invoke_Legs_EndInCheckpointsThatGoOnToTheModelOfOneRun()
    {
        var file = Write(Tiny(steps: 40));
        Assert.Contains("--minutes is 0; permitted is a number above 0", Fails(file, "--minutes", "0"), StringComparison.Ordinal);
        var (code, output, error) = Invoke(file, "--minutes", "1e-6");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("--resume continues", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "runs", "small.checkpoint")));
        Assert.Equal(0, Invoke(file, "--resume").Code);
        var weights = File.ReadAllBytes(Path.Combine(folder, "models", "small.safetensors"));
        Assert.Equal(0, Invoke(file).Code);
        Assert.Equal(weights, File.ReadAllBytes(Path.Combine(folder, "models", "small.safetensors")));
    }

    [Fact]
    public void Invoke_TestOfATrainedModel_GivesTheFiguresOfItsTraining()
    {
        var file = Write(Tiny(steps: 2));
        Assert.Contains("'small.safetensors' does not exist".Replace("small", Path.Combine(folder, "models", "small"), StringComparison.Ordinal), Fails(file, "--test"), StringComparison.Ordinal);
        Assert.Contains("have no place beside it", Fails(file, "--test", "--resume"), StringComparison.Ordinal);
        Assert.Equal(0, Invoke(file).Code);
        var store = new ModelStore([Path.Combine(folder, "models")]);
        var trained = store.Card("small");
        // The error without a quantiser is measured anew too.
        var path = Path.Combine(folder, "models", "small.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"test-nmse-crop\"", "\"error-before\"", StringComparison.Ordinal));
        Assert.Equal(0, Invoke(file, "--test").Code);
        var tested = store.Card("small");
        Assert.Equal(trained.Sha256, tested.Sha256);
        Assert.Equal(Figures(trained), Figures(tested));
        Assert.InRange(tested.Figures["test-rho-2-bits"], 0, 1);
        // Four antennas of mean power 1 at 10 dB: the mean of a concave function of their power is at most log2(1 + 4·10).
        Assert.InRange(tested.Figures["test-se-2-bits"], 0, Math.Log2(1 + 40));

        static List<KeyValuePair<string, double>> Figures(ModelCard card) =>
            [.. card.Figures.Where(pair => !pair.Key.Contains("milliseconds", StringComparison.Ordinal) && pair.Key != "error-before").OrderBy(pair => pair.Key, StringComparer.Ordinal)];
    }

    private static string Tiny(int steps) =>
        $$"""
        scenarios: { rich: { channel: rayleigh, subcarriers: 16, array: { columns: 4 } } }
        models:
          small:
            scheme: csinet
            scenario: rich
            network: { delays: 4, codeword: 4 }
            recipe: { steps: {{steps}}, batch: 20, chunk-drops: 60, validation-drops: 20, test-drops: 20, validate-every: 2 }
        """;

    private string Fails(string file, params string[] more)
    {
        var (code, _, error) = Invoke(file, more);
        Assert.Equal(CommandLine.BadInput, code);
        return error;
    }

    private (int Code, string Output, string Error) Invoke(string file, params string[] more)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] arguments = ["train", file, "--out", Path.Combine(folder, "models"), "--runs", Path.Combine(folder, "runs"), .. more];
        var code = CommandLine.Invoke(global::Experiments.Program.CreateRoot(), arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }

    private string Write(string text)
    {
        var file = Path.Combine(folder, "recipes.yaml");
        File.WriteAllText(file, text);
        return file;
    }
}
