using System.Security.Cryptography;
using Feedback.Models;
using static TorchSharp.torch;

namespace Feedback.Fitting;

/// <summary>What both sides of a fitted scheme know: tables of integers and of real numbers by name.</summary>
/// <remarks>The content of a model file. Immutable; callers do not write into the arrays.</remarks>
public sealed class FittedTables
{
    private readonly IReadOnlyDictionary<string, (Array Values, long[] Shape)> tables;

    /// <summary>Starts without tables.</summary>
    /// <param name="name">The model's name, for messages.</param>
    public FittedTables(string name)
        : this(name, new Dictionary<string, (Array, long[])>(StringComparer.Ordinal))
    {
    }

    private FittedTables(string name, IReadOnlyDictionary<string, (Array Values, long[] Shape)> tables) => (Name, this.tables) = (name, tables);

    /// <summary>The model's name.</summary>
    public string Name { get; }

    /// <summary>Reads the tables of a model file after checking them against its card.</summary>
    /// <param name="file">The path; the card stands beside it.</param>
    /// <param name="scheme">The scheme that the model must be for.</param>
    /// <returns>The tables.</returns>
    /// <exception cref="InvalidModelException">The model is missing, damaged, altered or for another scheme.</exception>
    public static FittedTables Load(string file, string scheme)
    {
        if (string.IsNullOrEmpty(file))
            throw new InvalidModelException($"No model is named; write the key 'model', e.g. 'model: {scheme}-indoor'.");
        if (!File.Exists(file))
            throw new InvalidModelException($"The model file '{file}' does not exist.");
        var card = FittedCard.Beside(file);
        if (card.Scheme != scheme)
            throw new InvalidModelException($"The model '{card.Name}' is for the scheme '{card.Scheme}'; permitted is {scheme}.");
        var content = File.ReadAllBytes(file);
        var checksum = Convert.ToHexStringLower(SHA256.HashData(content));
        return checksum == card.Sha256
            ? Read(content, file, card.Name)
            : throw new InvalidModelException($"The tables of the model '{card.Name}' in '{file}' have the checksum {checksum}, but its card says {card.Sha256}; the file was altered or is incomplete.");
    }

    /// <summary>Takes tables out of a file's content.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="file">Its name for messages.</param>
    /// <param name="name">The model's name.</param>
    /// <returns>The tables.</returns>
    /// <exception cref="InvalidModelException">It is no such file.</exception>
    public static FittedTables Read(ReadOnlySpan<byte> content, string file, string name)
    {
        using var scope = NewDisposeScope();
        return FromTensors(name, SafeTensorsFile.Read(content, file));
    }

    /// <summary>These tables and one of integers more.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="values">The integers; taken over.</param>
    /// <param name="shape">Lengths of the axes; a single axis if not given.</param>
    /// <returns>The tables.</returns>
    public FittedTables With(string key, int[] values, params long[] shape) => Added(key, values, shape);

    /// <summary>These tables and one of real numbers more.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="values">The numbers; taken over.</param>
    /// <param name="shape">Lengths of the axes; a single axis if not given.</param>
    /// <returns>The tables.</returns>
    public FittedTables With(string key, float[] values, params long[] shape) => Added(key, values, shape);

    /// <summary>These tables and one of real numbers more, kept and stored in half precision.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="values">The numbers, at most 65504 in magnitude.</param>
    /// <param name="shape">Lengths of the axes; a single axis if not given.</param>
    /// <returns>The tables.</returns>
    public FittedTables WithHalves(string key, float[] values, params long[] shape)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Added(key, Halves(values), shape);
    }

    /// <summary>Whether there is a table.</summary>
    /// <param name="key">Its name.</param>
    /// <returns>Whether there is.</returns>
    public bool Has(string key) => tables.ContainsKey(key);

    /// <summary>Lengths of a table's axes.</summary>
    /// <param name="key">Its name.</param>
    /// <returns>The lengths.</returns>
    /// <exception cref="InvalidModelException">There is no such table.</exception>
    public IReadOnlyList<long> Shape(string key) => Find(key).Shape;

    /// <summary>A table of integers.</summary>
    /// <param name="key">Its name.</param>
    /// <returns>Its values, last axis fastest.</returns>
    /// <exception cref="InvalidModelException">There is no such table.</exception>
    public int[] Integers(string key) => Find(key).Values as int[] ?? throw Missing(key);

    /// <summary>A table of real numbers.</summary>
    /// <param name="key">Its name.</param>
    /// <returns>Its values, last axis fastest.</returns>
    /// <exception cref="InvalidModelException">There is no such table.</exception>
    public float[] Reals(string key) => Find(key).Values switch
    {
        float[] reals => reals,
        Half[] halves => [.. halves.Select(value => (float)value)],
        _ => throw Missing(key),
    };

    /// <summary>Writes the model file.</summary>
    /// <param name="destination">Where; left open.</param>
    public void Write(Stream destination)
    {
        using var scope = NewDisposeScope();
        SafeTensorsFile.Write(destination, ToTensors());
    }

    /// <summary>Tables out of tensors, which are borrowed.</summary>
    internal static FittedTables FromTensors(string name, IEnumerable<KeyValuePair<string, Tensor>> stored)
    {
        using var scope = NewDisposeScope();
        var tables = new Dictionary<string, (Array, long[])>(StringComparer.Ordinal);
        foreach (var (key, values) in stored)
        {
            var reals = values.dtype == ScalarType.Int32 ? [] : values.to(ScalarType.Float32).data<float>().ToArray();
            tables[key] = values.dtype switch
            {
                ScalarType.Int32 => (values.data<int>().ToArray(), values.shape),
                ScalarType.Float16 => (Halves(reals), values.shape),
                _ => (reals, values.shape),
            };
        }
        return new FittedTables(name, tables);
    }

    /// <summary>The tables as tensors of the caller's scope, sorted by name.</summary>
    internal Dictionary<string, Tensor> ToTensors() => tables.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(
        pair => pair.Key,
        pair => pair.Value.Values switch
        {
            int[] integers => tensor(integers, pair.Value.Shape),
            Half[] => tensor(Reals(pair.Key), pair.Value.Shape).to(ScalarType.Float16),
            _ => tensor(Reals(pair.Key), pair.Value.Shape),
        },
        StringComparer.Ordinal);

    private static Half[] Halves(float[] values) => [.. values.Select(value => (Half)value)];

    private FittedTables Added(string key, Array values, long[] shape)
    {
        long[] lengths = shape.Length > 0 ? shape : [values.Length];
        if (lengths.Aggregate(1L, (product, length) => product * length) != values.Length)
            throw new ArgumentException($"A table of shape [{string.Join(", ", lengths)}] does not have {values.Length} values.", nameof(shape));
        return new FittedTables(Name, new Dictionary<string, (Array, long[])>(tables, StringComparer.Ordinal) { [key] = (values, lengths) });
    }

    private (Array Values, long[] Shape) Find(string key) => tables.TryGetValue(key, out var found) ? found : throw Missing(key);

    private InvalidModelException Missing(string key) => new($"The model '{Name}' has no table '{key}' of the type asked for; it is for another scheme or of another version.");
}
