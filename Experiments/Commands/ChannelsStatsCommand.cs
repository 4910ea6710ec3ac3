using System.CommandLine;
using Experiments.Drawing;
using Experiments.Planning;
using Experiments.Running;

namespace Experiments.Commands;

/// <summary><c>sim channels stats</c>: what drops of a channel model are like.</summary>
public static class ChannelsStatsCommand
{
    /// <summary>Builds the command.</summary>
    /// <returns>The command with its options and action.</returns>
    public static Command Create()
    {
        var arguments = new ChannelArguments();
        var rows = new Option<string?>("--per-drop") { Description = "Write a line a drop and user.", HelpName = "FILE.csv" };
        var figures = new Option<string?>("--figures") { Description = "Draw distributions of the spreads and the power-delay profile.", HelpName = "DIR" };
        var reference = new Option<string?>("--reference") { Description = "Figures of another program to draw beside ours; columns named alike.", HelpName = "FILE.csv" };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("stats", "Describes channels: gain, delay spread, azimuth spread, compaction.\n\nExample: sim channels stats --channel cost2100/indoor-hall-5ghz --drops 500 --per-drop drops.csv");
        arguments.AddTo(command);
        command.Add(rows);
        command.Add(figures);
        command.Add(reference);
        command.Add(json);
        command.SetAction(parsed =>
        {
            var others = parsed.GetValue(reference) is { } path ? ReferenceColumns.Read(path) : null;
            var channel = arguments.Channel(parsed);
            var drops = arguments.Drops(parsed, channel);
            var statistics = Measure(channel, drops, parsed.InvocationConfiguration.Error);
            var table = new StatisticsTable(channel, drops, statistics.Columns);
            if (parsed.GetValue(rows) is { } file)
            {
                table.WriteRows(file);
            }
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteLine(CanonicalJson.WriteIndented(table.Describe()));
            }
            else
            {
                table.Print(output);
            }
            if (parsed.GetValue(figures) is { } folder)
            {
                foreach (var figure in new ChannelFigures(statistics, channel.Name, others).Write(folder))
                {
                    parsed.InvocationConfiguration.Error.WriteLine(figure);
                }
            }
            return CommandLine.Done;
        });
        return command;
    }

    private static DropStatistics Measure(ChosenChannel channel, int drops, TextWriter error)
    {
        using var interruption = new Interruption();
        var progress = new DropProgress(error, drops);
        var statistics = new DropStatistics(channel);
        for (var first = 0; first < drops; first += ChosenChannel.BlockSize)
        {
            interruption.Token.ThrowIfCancellationRequested();
            statistics.Measure(first / ChosenChannel.BlockSize, drops - first);
            progress.Report(Math.Min(drops, first + ChosenChannel.BlockSize));
        }
        return statistics;
    }
}
