using System.CommandLine;
using System.Globalization;
using Experiments.Encoded;

namespace Experiments.Commands;

/// <summary><c>sim encode</c>: channels to real bits on disk.</summary>
public static class EncodeCommand
{
    /// <summary>Reports that are encoded at a time.</summary>
    public const int Batch = 200;

    /// <summary>Builds the command.</summary>
    /// <returns>The command with its arguments and action.</returns>
    public static Command Create()
    {
        var input = new Argument<string>("IN.npy") { Description = "Channels, complex, [N, S, A], [N, S, R, A] or [B, T, U, S, R, A]." };
        var output = new Argument<string>("OUT.csi") { Description = "The encoded reports." };
        var feedback = new Option<string>("--feedback") { Description = "A feedback scheme, or a feedback block of an input file.", HelpName = "NAME|FILE.yaml:NAME", Required = true };
        var set = new Option<string[]>("--set") { Description = "An option of the scheme, e.g. taps=8; may be given several times.", HelpName = "KEY=VALUE" };
        var array = new Option<string?>("--array") { Description = "The transmit array; a uniform linear one if not given.", HelpName = "COLUMNSxROWSxPOLARISATIONS" };
        var batch = BatchOption();
        var command = new Command("encode", "Encodes channels to the bits that a terminal would send.\n\nExample: sim encode --feedback strongest-taps --set taps=8 channels.npy reports.csi")
        {
            feedback, set, array, batch, input, output,
        };
        command.SetAction(parsed =>
        {
            var source = new ReportSource(parsed.GetRequiredValue(input), parsed.GetValue(array));
            var setting = ChosenFeedback.Resolve(parsed.GetRequiredValue(feedback), parsed.GetValue(set) ?? [], source.Dimensions);
            var messages = source.Encode(setting.Create(), parsed.GetValue(batch));
            var file = CsiFile.Write(parsed.GetRequiredValue(output), setting.Canonical, source.Count, messages);
            parsed.InvocationConfiguration.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{parsed.GetValue(output)}: {file.Count} reports of {file.Bits.Average():0.##} bits (from {file.Bits.Min()} to {file.Bits.Max()}), {file.PayloadBytes} bytes behind a header of {file.FileBytes - file.PayloadBytes}"));
            return CommandLine.Done;
        });
        return command;
    }

    /// <summary>The option of how many reports are computed at a time, which changes no result.</summary>
    /// <returns>The option.</returns>
    internal static Option<int> BatchOption()
    {
        var batch = new Option<int>("--batch") { Description = "Reports computed at a time; changes no result.", HelpName = "N", DefaultValueFactory = _ => Batch };
        batch.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 100_000)
                result.AddError("--batch is a number of reports from 1 to 100000.");
        });
        return batch;
    }
}
