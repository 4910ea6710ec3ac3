using System.CommandLine;
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
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("compare", "Compares curves: more bits at equal quality (BD-rate) and more quality at equal bits, between schemes and between folders of results.\n\nExample: sim compare results/indoor-single-user --reference taps")
        {
            directories, reference, quality, json,
        };
        command.SetAction(parsed =>
        {
            var comparer = new CurveComparer(Qualities(parsed.GetValue(quality) ?? []));
            var folders = parsed.GetRequiredValue(directories).Select(directory => (Name: directory, Experiments: ComparedExperiment.ReadAll(directory))).ToList();
            var label = parsed.GetValue(reference);
            CurveComparer.Require(label, folders.SelectMany(folder => folder.Experiments));
            var schemes = folders.ConvertAll(folder => (folder.Name, Rows: (IReadOnlyList<CurveComparison>)
                [.. folder.Experiments.Where(experiment => label is null || experiment.Schemes.Contains(label)).SelectMany(experiment => comparer.Schemes(experiment, label))]));
            var runs = folders.Skip(1).Select(folder => (folder.Name, Rows: comparer.Folders(folders[0].Name, folders[0].Experiments, folder.Experiments))).ToList();
            Write(parsed.InvocationConfiguration.Output, parsed.GetValue(json), folders.Count > 1, [.. schemes, .. runs]);
            return CommandLine.Done;
        });
        return command;
    }

    private static IReadOnlyList<ComparedQuality> Qualities(string[] wanted)
    {
        foreach (var name in wanted.Where(name => !Names.Contains(name)))
        {
            throw new BadInputException($"--quality {name}: there is no such quality; {NearestName.Advise(name, Names)}");
        }
        return wanted.Length == 0 ? ComparedQuality.Defaults : [.. wanted.Distinct().Select(name => ComparedQuality.All.Single(quality => quality.Name == name))];
    }

    private static void Write(TextWriter output, bool asJson, bool several, IReadOnlyList<(string Folder, IReadOnlyList<CurveComparison> Rows)> found)
    {
        if (asJson)
        {
            output.WriteLine(CanonicalJson.WriteIndented(new JsonArray([.. found.SelectMany(part => part.Rows.Select(row => Described(part.Folder, row)))])));
            return;
        }
        foreach (var (folder, rows) in found)
        {
            if (several)
            {
                output.WriteLine(folder);
            }
            if (rows.Count == 0)
            {
                output.WriteLine("  nothing to compare: no two curves share scenario, users, precoder, SNR and estimator.");
                continue;
            }
            ComparisonTable.Print(rows, output);
        }
    }

    private static JsonObject Described(string folder, CurveComparison row)
    {
        var text = ComparisonTable.Describe(row);
        text.Insert(0, "folder", folder);
        return text;
    }
}
