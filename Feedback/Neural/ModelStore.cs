using System.Security.Cryptography;
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

    /// <summary>Reads a CsiNet model.</summary>
    /// <param name="name">The model's name.</param>
    /// <returns>The model.</returns>
    /// <exception cref="InvalidModelException">The model is missing, damaged or altered.</exception>
    public CsiNetModel Load(string name) => LoadFile(Find(name));

    /// <summary>Reads a CsiNet model from a file.</summary>
    /// <param name="file">The path of the weights; the card stands beside them.</param>
    /// <returns>The model.</returns>
    /// <exception cref="InvalidModelException">The model is missing, damaged or altered.</exception>
    public static CsiNetModel LoadFile(string file) => LoadFile(file, (_, read) => read());

    /// <summary>Reads a CsiNet model from a file, unless a model of the same weights is at hand.</summary>
    /// <param name="file">The path of the weights; the card stands beside them.</param>
    /// <param name="share">Given the checksum of the weights and a way to read them, returns the model.</param>
    /// <returns>The model.</returns>
    /// <exception cref="InvalidModelException">The model is missing, damaged or altered.</exception>
    public static CsiNetModel LoadFile(string file, Func<string, Func<CsiNetModel>, CsiNetModel> share)
    {
        ArgumentNullException.ThrowIfNull(share);
        if (string.IsNullOrEmpty(file))
            throw new InvalidModelException("No model is named; write the key 'model', e.g. 'model: csinet-indoor-4'.");
        if (!File.Exists(file))
            throw new InvalidModelException($"The model file '{file}' does not exist.");
        var card = ReadCard(file);
        var content = File.ReadAllBytes(file);
        var checksum = Convert.ToHexStringLower(SHA256.HashData(content));
        return checksum == card.Sha256
            ? share(checksum, () => CsiNetModel.Read(content, file, card))
            : throw new InvalidModelException($"The weights of the model '{card.Name}' in '{file}' have the checksum {checksum}, but its card says {card.Sha256}; the file was altered or is incomplete.");
    }

    private static ModelCard ReadCard(string weights)
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
