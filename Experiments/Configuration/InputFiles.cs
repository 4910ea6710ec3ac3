using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Feedback.Fitting;
using Feedback.Models;
using Feedback.Neural;

namespace Experiments.Configuration;

/// <summary>Finds the files that options name: data beside the input file, models in a folder <c>models</c>.</summary>
public sealed class InputFiles
{
    private const string ModelProperty = "Model";
    private const string ModelExtension = ".safetensors";

    // The one place that says which options name files, whatever the plug-in.
    private static readonly string[] FileProperties = [ModelProperty, "Path", "Scenario", "Trajectory"];
    private readonly string folder;
    private readonly ConcurrentDictionary<string, string> checksums = new();

    /// <summary>Creates the search.</summary>
    /// <param name="inputFile">The input file, beside which other files are looked for.</param>
    public InputFiles(string inputFile) => folder = Path.GetDirectoryName(Path.GetFullPath(inputFile))!;

    /// <summary>The folders in which models are looked for: beside the input, in the working folder, beside the program and above it.</summary>
    public IEnumerable<string> ModelFolders
    {
        get
        {
            var places = new List<string> { folder, Environment.CurrentDirectory };
            for (var place = new DirectoryInfo(AppContext.BaseDirectory); place is not null; place = place.Parent)
            {
                places.Add(place.FullName);
            }
            return places.Select(place => Path.Combine(place, "models")).Where(Directory.Exists).Distinct();
        }
    }

    /// <summary>The models for lists: name and what their cards say of them.</summary>
    /// <returns>An object a model.</returns>
    public IEnumerable<JsonObject> DescribeModels()
    {
        var store = new ModelStore([.. ModelFolders]);
        return store.Names().Select(name => new JsonObject { ["name"] = name, ["description"] = Describe(store, name) });
    }

    /// <summary>Turns the text of an option into a path if the option names a file.</summary>
    /// <param name="property">The option's property.</param>
    /// <param name="text">What the user wrote.</param>
    /// <param name="node">Where.</param>
    /// <param name="errors">Gathers missing files.</param>
    /// <returns>The full path, or the text itself.</returns>
    public string Resolve(string property, string text, InputNode node, ErrorCollector errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (!FileProperties.Contains(property))
        {
            return text;
        }
        var direct = Path.GetFullPath(Path.Combine(folder, text));
        if (File.Exists(direct))
        {
            return direct;
        }
        if (property != ModelProperty)
        {
            errors.Add(node, Directory.Exists(direct) ? $"'{text}' is a folder (in {folder}); permitted: a file."
                : $"the file '{text}' does not exist (looked for in {folder}).");
            return text;
        }
        var found = ModelFolders.Select(place => Path.Combine(place, text + ModelExtension)).FirstOrDefault(File.Exists);
        if (found is null)
        {
            errors.Add(node, $"there is no model '{text}'; {NearestName.Advise(text, new ModelStore([.. ModelFolders]).Names())}");
        }
        return found ?? text;
    }

    /// <summary>The checksum of a file that an option names.</summary>
    /// <param name="property">The option's property.</param>
    /// <param name="path">The resolved path.</param>
    /// <returns>SHA-256 in hexadecimal, or null if the option names no file or it is missing.</returns>
    public string? Checksum(string property, string path)
    {
        if (!FileProperties.Contains(property) || !File.Exists(path))
        {
            return null;
        }
        return checksums.GetOrAdd(path, file =>
        {
            using var stream = File.OpenRead(file);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        });
    }

    private static string Describe(ModelStore store, string name)
    {
        try
        {
            var file = store.PathOf(name);
            if (IsFitted(file))
            {
                var fitted = FittedCard.Beside(file);
                return string.Create(CultureInfo.InvariantCulture, $"{fitted.Scheme}, fitted to {fitted.Fit.Drops} drops, {fitted.MeanBits()[0]:0} to {fitted.MeanBits()[^1]:0} bits");
            }
            var card = store.Card(name);
            var figures = card.Figures.Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Key} {figure.Value:0.00}"));
            return string.Create(CultureInfo.InvariantCulture, $"{card.Scheme}, {card.Parameters / 1e6:0.00} M parameters, {card.Steps} steps: {string.Join(", ", figures)}");
        }
        catch (InvalidModelException exception)
        {
            return exception.Message;
        }
    }

    private static bool IsFitted(string model)
    {
        var card = Path.ChangeExtension(model, ".json");
        return File.Exists(card) && File.ReadAllText(card).Contains("\"fit\":", StringComparison.Ordinal);
    }
}
