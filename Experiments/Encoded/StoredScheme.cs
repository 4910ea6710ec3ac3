using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.Configuration;
using Simulator;

namespace Experiments.Encoded;

/// <summary>Builds a scheme again from the block that a <c>.csi</c> file carries.</summary>
internal static class StoredScheme
{
    private const string ChecksumSuffix = "-sha256";
    private const string ModelKey = "model";

    /// <summary>Builds the scheme.</summary>
    /// <param name="path">The <c>.csi</c> file, for messages and as the place beside which models are looked for.</param>
    /// <param name="block">Its scheme block.</param>
    /// <param name="model">The model file to use instead of the one named in the block, or null.</param>
    /// <returns>Name and instance.</returns>
    /// <exception cref="BadInputException">The scheme or its model is not to be had here, or the model is another one.</exception>
    public static (string Name, IFeedbackScheme Scheme) Create(string path, string block, string? model)
    {
        try
        {
            return Create(path, JsonNode.Parse(block)!.AsObject(), model);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or NullReferenceException)
        {
            throw new BadInputException($"{path} is damaged: its scheme block cannot be read ({exception.Message.Split('\n')[0].TrimEnd('.')}).");
        }
    }

    private static (string Name, IFeedbackScheme Scheme) Create(string path, JsonObject block, string? model)
    {
        var name = Value<string>(block, "scheme");
        if (Catalogues.Feedback.Find(name) is not { } entry)
            throw new BadInputException($"{path} was encoded with the scheme '{name}', which is not known here; {NearestName.Advise(name, Catalogues.Feedback.Names)}");
        var array = Value<JsonObject>(block, "array");
        var dimensions = new CsiDimensions(
            Value<int>(block, "subcarriers"),
            Value<int>(block, "receive-antennas"),
            new AntennaArray(Value<int>(array, "columns"), Value<int>(array, "rows"), Value<int>(array, "polarisations")));
        var stored = Value<JsonObject>(block, "options");
        var errors = new ErrorCollector();
        var binder = new OptionsBinder(new InputFiles(path));
        var options = entry.DefaultOptions();
        binder.Bind(options, new BlockReader(Node(path, stored, options, model), errors));
        errors.ThrowIfAny();
        RequireSameFiles(path, stored, binder.Describe(options));
        var scheme = Construction.Try(Place(path, "", InputKind.Mapping), errors, () => entry.Create(options, dimensions));
        errors.ThrowIfAny();
        return (name, scheme!);
    }

    private static InputNode Node(string path, JsonObject stored, object options, string? model)
    {
        var dimensions = options.GetType().GetProperties().ToDictionary(
            property => OptionName.Key(property.Name), property => PhysicalDimension.Of(OptionName.Hyphenate(property.Name)));
        var entries = new List<InputEntry>();
        foreach (var (key, value) in stored)
        {
            if (value is null || key.EndsWith(ChecksumSuffix, StringComparison.Ordinal))
                continue;
            var text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
            if (value.GetValueKind() == JsonValueKind.Number && dimensions.GetValueOrDefault(key)?.Units.FirstOrDefault(unit => unit.Value == 1).Key is { } unit)
                text += " " + unit;
            if (key == ModelKey)
                text = Model(path, text, model);
            entries.Add(new InputEntry(Place(path, key, InputKind.Scalar) with { Text = key }, Place(path, key, InputKind.Scalar) with { Text = text }));
        }
        return Place(path, "", InputKind.Mapping) with { Entries = entries };
    }

    // A model beside the .csi file is found by its file name, one in a folder of models by its name.
    private static string Model(string path, string text, string? model)
    {
        if (model is not null)
            return Path.GetFullPath(model);
        var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, text);
        return File.Exists(beside) ? beside : Path.GetFileNameWithoutExtension(text);
    }

    private static void RequireSameFiles(string path, JsonObject stored, JsonObject found)
    {
        foreach (var (key, checksum) in stored.Where(option => option.Key.EndsWith(ChecksumSuffix, StringComparison.Ordinal)))
        {
            if (!JsonNode.DeepEquals(checksum, found[key]))
            {
                throw new BadInputException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path} was encoded with '{stored[key[..^ChecksumSuffix.Length]]}' of SHA-256 {checksum}, but the file of this name found here has {found[key]?.ToString() ?? "none"}."));
            }
        }
    }

    private static T Value<T>(JsonObject block, string key) => block[key] switch
    {
        T node => node,
        { } value => value.GetValue<T>(),
        null => throw new KeyNotFoundException($"the key '{key}' is missing"),
    };

    private static InputNode Place(string path, string key, InputKind kind) => new()
    {
        File = path,
        Line = 0,
        Column = 0,
        Path = key,
        Kind = kind,
    };
}
