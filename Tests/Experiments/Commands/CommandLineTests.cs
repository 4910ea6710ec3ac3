using Experiments;
using Experiments.Commands;
using Tests.Support;

namespace Tests.Experiments.Commands;

public sealed class CommandLineTests
{
    [Fact]
    public void Invoke_ValidInput_SaysSo()
    {
        var file = Path.Combine(RepositoryRoot.Path, "docs", "examples", "quick.yaml");
        Assert.Equal((CommandLine.Done, $"{file}: 2 experiments, 14 points, valid\n", ""), Invoke("validate", file));
    }

    [Fact]
    public void Invoke_MissingFile_IsOneSentence() =>
        Assert.Equal((CommandLine.BadInput, "", "nothing.yaml: 'nothing.yaml' does not exist.\n"), Invoke("validate", "nothing.yaml"));

    [Fact]
    public void Invoke_ValidRecipes_CountsModels()
    {
        var file = Path.Combine(RepositoryRoot.Path, "training", "csinet.yaml");
        Assert.Equal((CommandLine.Done, $"{file}: 1 model, valid\n", ""), Invoke("validate", file, "--only", "csinet-indoor-4"));
        Assert.Equal(
            (CommandLine.BadInput, "", $"{file} describes the training of models; --set and --drops are for experiments.\n"),
            Invoke("validate", file, "--drops", "5"));
    }

    [Fact]
    public void Invoke_UnknownCommand_IsBadInput()
    {
        var (code, output, error) = Invoke("walk");
        Assert.Equal((CommandLine.BadInput, ""), (code, output));
        Assert.EndsWith("See 'sim --help'.\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Invoke_PlanAsJson_NumbersThePoints()
    {
        var (code, output, _) = Invoke("plan", Path.Combine(RepositoryRoot.Path, "docs", "examples", "quick.yaml"), "--json", "--only", "quick-two-users");
        Assert.Equal(CommandLine.Done, code);
        var plan = System.Text.Json.Nodes.JsonNode.Parse(output)!.AsArray().Single()!;
        Assert.Equal(Enumerable.Range(1, 8), plan["points"]!.AsArray().Select(point => (int)point!["number"]!));
    }

    [Fact]
    public void Invoke_ListOfUnknownKind_NamesTheNearest() => Assert.Equal(
        (CommandLine.BadInput, "", "there is no list 'chanels'; did you mean 'channels'? (permitted: channels, estimators, feedback, metrics, models, precoders)\n"),
        Invoke("list", "chanels"));

    [Fact]
    public void Invoke_List_NamesEverything()
    {
        var (code, output, _) = Invoke("list");
        Assert.Equal(CommandLine.Done, code);
        Assert.All(Catalogues.Channels.Names.Concat(Catalogues.Feedback.Names), name => Assert.Contains($"  {name} ", output, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Category", "slow")]
    public void Invoke_BenchOfScenariosOfSeveralSizes_TimesEachOnItsOwnChannels()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".yaml");
        File.WriteAllText(file, """
            scenarios:
              sizes: { channel: rayleigh, subcarriers: [32, 64], array: { columns: 4 } }
            links:
              single-user: { users: 1 }
            experiments:
              sweep: { scenario: sizes, link: single-user, feedback: [uncompressed], drops: 2 }
            """);
        try
        {
            var (code, output, error) = Invoke("bench", "feedback", "--file", file, "--json");
            Assert.Equal((CommandLine.Done, ""), (code, error));
            var rows = System.Text.Json.Nodes.JsonNode.Parse(output)!.AsArray();
            Assert.Equal(4, rows.Count);
            Assert.Equal(2, rows.Select(row => (string)row!["title"]!).Distinct().Count());
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static (int Code, string Output, string Error) Invoke(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = CommandLine.Invoke(Program.CreateRoot(), args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
