using System.CommandLine;
using System.Globalization;
using Experiments.Configuration;
using Experiments.Encoded;
using Simulator;
using Simulator.Files;
using static TorchSharp.torch;

namespace Experiments.Commands;

/// <summary><c>sim decode</c>: bits on disk to what the base station believes.</summary>
public static class DecodeCommand
{
    /// <summary>Builds the command.</summary>
    /// <returns>The command with its arguments and action.</returns>
    public static Command Create()
    {
        var input = new Argument<string>("IN.csi") { Description = "Encoded reports." };
        var output = new Argument<string>("OUT.npy") { Description = "Decoded rows, complex64 [N, S, K, A]: channels, or conjugated precoder columns of norm √A." };
        var model = new Option<string?>("--model") { Description = "The model file, where it is not found by its name.", HelpName = "FILE" };
        var batch = EncodeCommand.BatchOption();
        var command = new Command("decode", "Decodes reports from their bits alone.\n\nExample: sim decode reports.csi decoded.npy")
        {
            model, batch, input, output,
        };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(input);
            var file = CsiFile.Open(path);
            if (parsed.GetValue(model) is { } given && !File.Exists(given))
                throw new BadInputException($"'{given}' does not exist.");
            var (name, scheme) = StoredScheme.Create(path, file.SchemeBlock, parsed.GetValue(model));
            var kind = Decode(path, file, scheme, parsed.GetRequiredValue(output), parsed.GetValue(batch));
            parsed.InvocationConfiguration.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{parsed.GetValue(output)}: {file.Count} {(kind == ReportKind.Channel ? "channels" : "precoders")} of {name} from {file.Bits.Average():0.##} bits each"));
            return CommandLine.Done;
        });
        return command;
    }

    private static ReportKind Decode(string path, CsiFile file, IFeedbackScheme scheme, string output, int batch)
    {
        NpyWriter? writer = null;
        var kind = ReportKind.Channel;
        try
        {
            for (var first = 0; first < file.Count; first += batch)
            {
                using var scope = NewDisposeScope();
                var report = scheme.Decode(file.Messages(first, Math.Min(batch, file.Count - first)));
                writer ??= new NpyWriter(output, [file.Count, .. report.Rows.shape.Skip(1)]);
                writer.Append(report.Rows);
                kind = report.Kind;
            }
            writer!.Complete();
            return kind;
        }
        catch (InvalidMessageException exception)
        {
            throw new BadInputException($"{path} holds a message that its scheme cannot have sent: {exception.Message}");
        }
        finally
        {
            writer?.Dispose();
        }
    }
}
