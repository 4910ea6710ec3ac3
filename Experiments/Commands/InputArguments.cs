using System.CommandLine;
using Experiments.Planning;

namespace Experiments.Commands;

/// <summary>The arguments of commands that read an input file.</summary>
internal sealed class InputArguments
{
    private readonly Argument<string> file = new("FILE") { Description = "The input file, e.g. experiments.yaml." };
    private readonly Option<string[]> only = new("--only") { Description = "Only this experiment; may be given several times.", HelpName = "NAME" };
    private readonly Option<string[]> set = new("--set") { Description = "Override a value of the input file, e.g. \"links.single-user.snr=20 dB\"; may be given several times.", HelpName = "PATH=VALUE" };
    private readonly Option<int?> drops = new("--drops") { Description = "Drops a point instead of what the file says.", HelpName = "N" };

    public void AddTo(Command command)
    {
        command.Add(file);
        command.Add(only);
        command.Add(set);
        command.Add(drops);
    }

    public string FileOf(ParseResult parsed) => parsed.GetRequiredValue(file);

    public InputOverrides Overrides(ParseResult parsed) => new()
    {
        Only = parsed.GetValue(only) ?? [],
        Set = parsed.GetValue(set) ?? [],
        Drops = parsed.GetValue(drops),
    };

    public IReadOnlyList<ExperimentPlan> Read(ParseResult parsed) => InputFile.Read(FileOf(parsed), Overrides(parsed));
}
