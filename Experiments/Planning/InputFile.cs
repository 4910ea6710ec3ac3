using System.Text.Json.Nodes;
using Experiments.Configuration;

namespace Experiments.Planning;

/// <summary>Reads an input file, checks all of it, and expands its experiments to numbered points.</summary>
public static class InputFile
{
    /// <summary>Plans the experiments of a file.</summary>
    /// <param name="file">The file as the user named it.</param>
    /// <param name="overrides">What the command line says over it.</param>
    /// <returns>One plan an experiment, in the order of the file.</returns>
    /// <exception cref="BadInputException">With everything that is wrong.</exception>
    public static IReadOnlyList<ExperimentPlan> Read(string file, InputOverrides overrides)
    {
        ArgumentNullException.ThrowIfNull(overrides);
        var errors = new ErrorCollector();
        var root = YamlInput.ReadFile(file, errors);
        if (root is null)
        {
            errors.ThrowIfAny();
        }
        var blocks = new NamedBlocks(Overrides.Apply(root!, overrides.Set, errors), errors);
        var expansion = new Expansion(blocks, new OptionsBinder(new InputFiles(file)), errors);
        expansion.CheckUnused();
        var plans = blocks.Experiments.Select(pair => Plan(pair.Key, pair.Value, blocks.Seed, overrides.Drops, expansion, errors)).ToList();
        CheckNames(blocks.Experiments, overrides, errors);
        errors.ThrowIfAny();
        return [.. plans.Where(plan => overrides.Only.Count == 0 || overrides.Only.Contains(plan.Name))];
    }

    private static ExperimentPlan Plan(
        string name, InputNode node, ulong seed, int? wantedDrops, Expansion expansion, ErrorCollector errors)
    {
        var block = new BlockReader(node, errors);
        var drops = (int)block.WholeNumber("drops", 192, 1, 10_000_000);
        var size = (int)block.WholeNumber("block", 32, 1, 4096);
        drops = wantedDrops ?? drops;
        var references = block.Boolean("reference-lines", false);
        var resolved = new JsonObject { ["experiment"] = name, ["seed"] = seed, ["drops"] = drops, ["block"] = size };
        var points = expansion.Points(block, seed, size, resolved);
        block.Finish();
        expansion.CheckRecorded(points, drops, node);
        if (references)
        {
            resolved["reference-lines"] = true;
            expansion.CheckReferenceLines(points, node);
        }
        return new ExperimentPlan
        {
            Name = name,
            Drops = drops,
            BlockSize = size,
            Seed = seed,
            ReferenceLines = references,
            Points = points,
            ResolvedInput = CanonicalJson.WriteIndented(resolved),
        };
    }

    private static void CheckNames(IReadOnlyDictionary<string, InputNode> experiments, InputOverrides overrides, ErrorCollector errors)
    {
        foreach (var (name, node) in experiments.Where(pair => !IsFolderName(pair.Key)))
        {
            errors.Add(node, $"the name '{name}' is that of a folder of results; permitted are letters, digits, '-', '_' and '.', the last not in front.");
        }
        foreach (var group in experiments.GroupBy(pair => pair.Key.ToUpperInvariant()).Where(group => group.Count() > 1))
        {
            errors.Add(group.Last().Value, $"'{group.Last().Key}' and '{group.First().Key}' differ in case only; their results would share a folder.");
        }
        foreach (var name in overrides.Only.Where(name => !experiments.ContainsKey(name)))
        {
            errors.Add(new ConfigurationError("--only", 0, 0, "", $"there is no experiment '{name}'; {NearestName.Advise(name, [.. experiments.Keys])}"));
        }
        if (overrides.Drops is { } drops and not (>= 1 and <= 10_000_000))
        {
            errors.Add(new ConfigurationError("--drops", 0, 0, "", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{drops} is out of range; permitted: 1 to 10000000.")));
        }
    }

    private static bool IsFolderName(string name) =>
        name.Length > 0 && name[0] != '.' && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}
