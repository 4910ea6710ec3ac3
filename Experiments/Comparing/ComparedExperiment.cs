using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.Configuration;
using Experiments.Reporting;

namespace Experiments.Comparing;

/// <summary>An experiment as its results folder tells it.</summary>
/// <param name="Name">The experiment's name.</param>
/// <param name="Points">The rows of <c>results.csv</c>.</param>
/// <param name="StrongestTaps">The label of the first feedback block of scheme <c>strongest-taps</c>; null if there is none.</param>
public sealed record ComparedExperiment(string Name, IReadOnlyList<PointResult> Points, string? StrongestTaps)
{
    private const string Results = "results.csv";

    /// <summary>The labels of the curves in the order of their first points.</summary>
    public IReadOnlyList<string> Schemes => [.. Points.Select(point => point.Scheme).Distinct()];

    /// <summary>What schemes are compared with where nothing else is asked for: strongest taps, else the first scheme with a curve.</summary>
    public string DefaultReference => StrongestTaps
        ?? Schemes.FirstOrDefault(scheme => Points.Count(point => point.Scheme == scheme) >= BjontegaardDelta.FewestPoints)
        ?? Schemes.FirstOrDefault("");

    /// <summary>Reads the folder of an experiment, or all experiments in a folder of such folders.</summary>
    /// <param name="directory">The folder.</param>
    /// <returns>The experiments in the order of their names, at least one.</returns>
    /// <exception cref="BadInputException">There are no results.</exception>
    public static IReadOnlyList<ComparedExperiment> ReadAll(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        if (!Directory.Exists(directory))
        {
            throw new BadInputException($"{directory}: there is no such folder.{Nearest(directory)}");
        }
        if (File.Exists(Path.Combine(directory, Results)))
        {
            return [Read(directory)];
        }
        if (File.Exists(Path.Combine(directory, "manifest.json")))
        {
            throw new BadInputException($"{directory}: there is no {Results} yet; the run is not finished, and running it again resumes it.");
        }
        var folders = Directory.GetDirectories(directory).Where(folder => File.Exists(Path.Combine(folder, Results))).Order(StringComparer.Ordinal).ToList();
        return folders.Count > 0
            ? folders.ConvertAll(Read)
            : throw new BadInputException($"{directory}: there is no {Results} in it nor in a folder of it; 'sim run FILE' writes them.");
    }

    private static ComparedExperiment Read(string folder)
    {
        var points = ResultsReader.Read(Path.Combine(folder, Results));
        var name = points.Count > 0 ? points[0].Experiment : Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return new ComparedExperiment(name, points, StrongestTapsOf(Path.Combine(folder, "manifest.json"), points));
    }

    private static string? StrongestTapsOf(string manifest, IReadOnlyList<PointResult> points)
    {
        const string scheme = "strongest-taps";
        var labels = points.Select(point => point.Scheme).ToHashSet(StringComparer.Ordinal);
        if (!File.Exists(manifest))
        {
            return labels.Contains(scheme) ? scheme : null;
        }
        try
        {
            var blocks = JsonNode.Parse(File.ReadAllBytes(manifest))?["input"]?["feedback"] as JsonArray ?? [];
            return blocks.Where(block => block?["resolved"]?["scheme"]?.ToString() == scheme).Select(block => block!["name"]!.ToString()).FirstOrDefault(labels.Contains);
        }
        catch (JsonException)
        {
            throw new BadInputException($"{manifest}: it is damaged.");
        }
    }

    private static string Nearest(string directory)
    {
        var parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));
        var siblings = Directory.Exists(parent) ? Directory.GetDirectories(parent).Select(path => Path.GetFileName(path)!).ToList() : [];
        return NearestName.Find(Path.GetFileName(Path.TrimEndingDirectorySeparator(directory)), siblings) is { } near ? $" Did you mean '{near}'?" : "";
    }
}
