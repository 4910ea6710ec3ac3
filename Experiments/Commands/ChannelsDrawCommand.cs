using System.CommandLine;
using System.Globalization;
using Experiments.Configuration;
using Experiments.Drawing;
using Experiments.Running;

namespace Experiments.Commands;

/// <summary><c>sim channels draw</c>: drops of a channel model in a file.</summary>
public static class ChannelsDrawCommand
{
    /// <summary>Builds the command.</summary>
    /// <returns>The command with its options and action.</returns>
    public static Command Create()
    {
        var arguments = new ChannelArguments();
        var output = new Option<string>("--out") { Description = "The file; what its name ends in is its format.", HelpName = "FILE.npy|FILE.mat", Required = true };
        var layout = new Option<string>("--layout")
        {
            Description = "channels: H; csinet: crops around 0.5 as in the public CsiNet data (HT); csinet-frequency: their HF_all.",
            HelpName = "LAYOUT",
            DefaultValueFactory = _ => OptionName.Value(nameof(DropLayout.Channels)),
        };
        var command = new Command("draw", "Draws channels to a file.\n\nExample: sim channels draw --channel cost2100/indoor-hall-5ghz --drops 20000 --layout csinet --out DATA_Htestin.mat");
        arguments.AddTo(command);
        command.Add(layout);
        command.Add(output);
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(output);
            if (!RowFile.IsKnown(path))
            {
                throw new BadInputException($"--out '{path}' has a format that is not known; permitted: names that end in .npy or .mat.");
            }
            if (Directory.Exists(path) || Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            {
                throw new BadInputException($"--out '{path}' cannot be written: it is a folder, or its folder does not exist.");
            }
            var chosen = Layout(parsed.GetValue(layout)!);
            var channel = arguments.Channel(parsed);
            var drops = arguments.Drops(parsed, channel);
            using var interruption = new Interruption();
            var progress = new DropProgress(parsed.InvocationConfiguration.Error, drops);
            var written = new DropFiles(channel, drops, progress.Report, interruption.Token).Write(path, chosen);
            parsed.InvocationConfiguration.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{path}: {written}; {drops} drops of {channel.Name}, seed {channel.Seed}, {new FileInfo(path).Length / 1e6:0.#} MB"));
            return CommandLine.Done;
        });
        return command;
    }

    private static DropLayout Layout(string text)
    {
        var layouts = Enum.GetValues<DropLayout>().ToDictionary(layout => OptionName.Value(layout.ToString()));
        return layouts.TryGetValue(text, out var found)
            ? found
            : throw new BadInputException($"--layout '{text}' is not a layout; {NearestName.Advise(text, layouts.Keys)}");
    }
}
