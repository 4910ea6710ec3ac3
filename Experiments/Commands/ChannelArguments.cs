using System.CommandLine;
using Experiments.Configuration;
using Experiments.Drawing;

namespace Experiments.Commands;

/// <summary>The options that say which drops are meant.</summary>
internal sealed class ChannelArguments
{
    private const int MostDrops = 10_000_000;
    private const int UsualDrops = 1000;
    private readonly Option<string> channel = new("--channel") { Description = "A channel model, or a scenario of an input file.", HelpName = "NAME|FILE.yaml:SCENARIO", Required = true };
    private readonly Option<int?> drops = new("--drops") { Description = $"Number of drops ({UsualDrops}, or as many as are recorded).", HelpName = "N" };
    private readonly Option<ulong?> seed = new("--seed") { Description = "Root seed (that of the input file, or 1): the drops are those of a run with this seed.", HelpName = "S" };
    private readonly Option<int> users = new("--users") { Description = "Users of a drop.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string[]> set = new("--set") { Description = "A key of the scenario, e.g. receive-antennas=2; may be given several times.", HelpName = "KEY=VALUE" };

    // Short names of keys that are often wanted; the rest goes through --set.
    private readonly IReadOnlyList<(Option<string?> Option, Func<string, string> Key)> shortcuts =
    [
        (new Option<string?>("--subcarriers") { Description = "Subcarriers (1024).", HelpName = "N" }, value => $"subcarriers={value}"),
        (new Option<string?>("--bandwidth") { Description = "Bandwidth (20 MHz).", HelpName = "B" }, value => $"bandwidth={value}"),
        (new Option<string?>("--columns") { Description = "Elements of the uniform linear transmit array (32); panels: --set \"array={columns: 8, rows: 4}\".", HelpName = "N" }, value => $"array={{columns: {value}}}"),
        (new Option<string?>("--timing") { Description = "What has delay 0: absolute, los or first-path (absolute).", HelpName = "T" }, value => $"timing={value}"),
        (new Option<string?>("--normalise") { Description = "drop or model (drop).", HelpName = "N" }, value => $"normalise={value}"),
    ];

    public void AddTo(Command command)
    {
        command.Add(channel);
        command.Add(drops);
        command.Add(seed);
        command.Add(users);
        foreach (var (option, _) in shortcuts)
        {
            command.Add(option);
        }
        command.Add(set);
    }

    public ChosenChannel Channel(ParseResult parsed)
    {
        var keys = shortcuts
            .Select(shortcut => (shortcut.Key, Value: parsed.GetValue(shortcut.Option)))
            .Where(given => given.Value is not null)
            .Select(given => given.Key(given.Value!));
        return ChosenChannel.Resolve(parsed.GetRequiredValue(channel), [.. keys, .. parsed.GetValue(set) ?? []], parsed.GetValue(users), parsed.GetValue(seed));
    }

    public int Drops(ParseResult parsed, ChosenChannel chosen)
    {
        var most = chosen.Stock ?? MostDrops;
        var wanted = parsed.GetValue(drops) ?? chosen.Stock ?? UsualDrops;
        if (wanted < 1 || wanted > most)
        {
            throw new BadInputException(FormattableString.Invariant($"--drops {wanted} is out of range; permitted: 1 to {most}{(chosen.Stock is null ? "" : ", the drops recorded")}."));
        }
        return wanted;
    }
}
