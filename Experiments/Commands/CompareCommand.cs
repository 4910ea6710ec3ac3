using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Experiments.Comparing;
using Experiments.Configuration;
using Experiments.Planning;

namespace Experiments.Commands;

/// <summary><c>sim compare</c>: Bjøntegaard deltas between schemes and between folders of results.</summary>
public static class CompareCommand
{
    private static readonly IReadOnlyList<string> Names = [.. ComparedQuality.All.Select(quality => quality.Name)];

    /// <summary>Builds the command.</summary>
    /// <returns>The command with its arguments and action.</returns>
    public static Command Create()
    {
        var directories = new Argument<string[]>("DIR") { Description = "Results of an experiment, or a folder of such folders; further ones are compared with the first.", Arity = ArgumentArity.OneOrMore };
        var reference = new Option<string?>("--reference") { Description = "The scheme that all others are compared with; the first strongest-taps if not given, else the first scheme with a curve.", HelpName = "NAME" };
        var quality = new Option<string[]>("--quality") { Description = $"What is compared: {string.Join(", ", Names)}; may be given several times; nmse_crop_db and se if not given.", HelpName = "NAME" };
        var at = new Option<string?>("--at") { Description = "Print the quality of each curve at these mean bits instead, e.g. 64,128,256.", HelpName = "BITS" };
        var markdown = new Option<bool>("--markdown") { Description = "Print tables as Markdown." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("compare", "Compares curves: more bits at equal quality (BD-rate) and more quality at equal bits, between schemes and between folders of results.\n\nExample: sim compare results/indoor-single-user --reference taps")
        {
            directories, reference, quality, at, markdown, json,
        };
        command.SetAction(parsed =>
        {
            var comparer = new CurveComparer(Qualities(parsed.GetValue(quality) ?? []));
            var folders = parsed.GetRequiredValue(directories).Select(directory => (Name: directory, Experiments: ComparedExperiment.ReadAll(directory))).ToList();
            var asMarkdown = parsed.GetValue(markdown);
            var (output, asJson) = (parsed.InvocationConfiguration.Output, parsed.GetValue(json));
            if (parsed.GetValue(at) is { } wanted)
            {
                var bits = Bits(wanted);
                var curves = folders.ConvertAll(folder => (folder.Name, Rows: (IReadOnlyList<EqualBits>)[.. folder.Experiments.SelectMany(experiment => comparer.AtBits(experiment, bits))]));
                Write(output, asJson, curves, rows => ComparisonTable.Print(rows, output, asMarkdown), ComparisonTable.Describe);
                return CommandLine.Done;
            }
            var label = parsed.GetValue(reference);
            CurveComparer.Require(label, folders.SelectMany(folder => folder.Experiments));
            var schemes = folders.ConvertAll(folder => (folder.Name, Rows: (IReadOnlyList<CurveComparison>)
                [.. folder.Experiments.Where(experiment => label is null || experiment.Schemes.Contains(label)).SelectMany(experiment => comparer.Schemes(experiment, label))]));
            var runs = folders.Skip(1).Select(folder => (folder.Name, Rows: comparer.Folders(folders[0].Name, folders[0].Experiments, folder.Experiments))).ToList();
            Write(output, asJson, [.. schemes, .. runs], rows => ComparisonTable.Print(rows, output, asMarkdown), row => [ComparisonTable.Describe(row)]);
            return CommandLine.Done;
        });
        return command;
    }

    private static IReadOnlyList<double> Bits(string wanted) =>
    [
        .. wanted.Split(',').Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var bits) && bits > 0 && double.IsFinite(bits)
            ? bits
            : throw new BadInputException($"--at {wanted}: '{text}' is no number of bits; write numbers above 0 with commas between them, e.g. 64,128,256.")),
    ];

    private static IReadOnlyList<ComparedQuality> Qualities(string[] wanted)
    {
        foreach (var name in wanted.Where(name => !Names.Contains(name)))
        {
            throw new BadInputException($"--quality {name}: there is no such quality; {NearestName.Advise(name, Names)}");
        }
        return wanted.Length == 0 ? ComparedQuality.Defaults : [.. wanted.Distinct().Select(name => ComparedQuality.All.Single(quality => quality.Name == name))];
    }

    private static void Write<T>(
        TextWriter output, bool asJson, List<(string Folder, IReadOnlyList<T> Rows)> found, Action<IReadOnlyList<T>> print, Func<T, IEnumerable<JsonObject>> describe)
    {
        if (asJson)
        {
            output.WriteLine(CanonicalJson.WriteIndented(new JsonArray([.. found.SelectMany(part => part.Rows.SelectMany(describe).Select(row => In(part.Folder, row)))])));
            return;
        }
        foreach (var (folder, rows) in found)
        {
            if (found.Count > 1)
            {
                output.WriteLine(folder);
            }
            if (rows.Count == 0)
            {
                output.WriteLine("  nothing to compare: no two curves share scenario, users, precoder, SNR and estimator.");
                continue;
            }
            print(rows);
        }
    }

    private static JsonObject In(string folder, JsonObject row)
    {
        row.Insert(0, "folder", folder);
        return row;
    }
}
