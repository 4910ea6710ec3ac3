using Feedback.Models;

namespace Feedback.Neural;

/// <summary>Finds model files, <c>NAME.safetensors</c> with <c>NAME.json</c> beside it, in a list of folders.</summary>
public sealed class ModelStore
{
    private const string WeightsExtension = ".safetensors";
    private readonly IReadOnlyList<string> folders;

    /// <summary>Creates a store.</summary>
    /// <param name="folders">Where to look, first come first served; folders that do not exist are skipped.</param>
    public ModelStore(IReadOnlyList<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        this.folders = folders;
    }

    /// <summary>The names of all models, sorted.</summary>
    /// <returns>Names without extension.</returns>
    public IReadOnlyList<string> Names() =>
    [
        .. folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*" + WeightsExtension))
            .Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads the card of a model.</summary>
    /// <param name="name">The model's name.</param>
    /// <returns>The card.</returns>
    /// <exception cref="InvalidModelException">There is no such model, or its card cannot be read.</exception>
    public ModelCard Card(string name) => ReadCard(Find(name));

    /// <summary>Where a model lies.</summary>
    /// <param name="name">The model's name.</param>
    /// <returns>The path of its file.</returns>
    /// <exception cref="InvalidModelException">There is no such model.</exception>
    public string PathOf(string name) => Find(name);

    internal static ModelCard ReadCard(string weights)
    {
        var file = Path.ChangeExtension(weights, ".json");
        return File.Exists(file)
            ? ModelCard.Parse(File.ReadAllText(file), file)
            : throw new InvalidModelException($"The model '{Path.GetFileNameWithoutExtension(weights)}' has no card: '{file}' does not exist.");
    }

    private string Find(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return folders.Select(folder => Path.Combine(folder, name + WeightsExtension)).FirstOrDefault(File.Exists)
            ?? throw new InvalidModelException($"There is no model '{name}' in {string.Join(", ", folders)}; permitted: {string.Join(", ", Names())}.");
    }
}
