using System.ComponentModel;
using System.Reflection;
using System.Text.Json.Nodes;

namespace Experiments.Configuration;

/// <summary>Fills a plug-in's options record from the keys of its block, and writes it down again with all defaults.</summary>
/// <remarks>
/// A key is a property's name with hyphens. Whole numbers, truth values and enumerations are written as such, other numbers with
/// the unit that <see cref="PhysicalDimension"/> finds in the name; records within records are blocks within blocks.
/// </remarks>
public sealed class OptionsBinder
{
    /// <summary>The properties that a scenario fills for every channel model.</summary>
    public static readonly IReadOnlyList<string> Given = ["Users", "ReceiveAntennas", "Array", "Normalisation", "Device"];

    private readonly InputFiles files;

    /// <summary>Creates a binder.</summary>
    /// <param name="files">Where files named by options are looked for.</param>
    public OptionsBinder(InputFiles files) => this.files = files;

    /// <summary>Sets the options that the block gives.</summary>
    /// <param name="options">Fresh options with all defaults.</param>
    /// <param name="block">The block.</param>
    public void Bind(object options, BlockReader block)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(block);
        foreach (var property in Properties(options))
        {
            var key = OptionName.Key(property.Name);
            if (block.Find(key) is { } node)
            {
                property.SetValue(options, Read(property, property.GetValue(options), key, node, block));
            }
            else if (property.GetValue(options) is string { Length: > 0 } usual)
            {
                property.SetValue(options, files.Resolve(property.Name, usual, block.Block, block.Errors));
            }
        }
    }

    /// <summary>The options with their defaults in SI units; files by their checksums too.</summary>
    /// <remarks>
    /// An option at the default that a <see cref="DefaultValueAttribute"/> names is left out: seeds are derived from the description, and options
    /// that came later must not change the drops of those who do not use them.
    /// </remarks>
    /// <param name="options">The options.</param>
    /// <param name="complete">Whether those are written down too, for readers.</param>
    /// <returns>Keys and values.</returns>
    public JsonObject Describe(object options, bool complete = false)
    {
        ArgumentNullException.ThrowIfNull(options);
        var written = new JsonObject();
        foreach (var property in Properties(options))
        {
            var key = OptionName.Key(property.Name);
            var value = property.GetValue(options);
            written[key] = value switch
            {
                null => null,
                bool flag => flag,
                int or long or ulong => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
                double number => number,
                Enum choice => OptionName.Value(choice.ToString()),
                string text => text,
                _ => Describe(value, complete),
            };
            if (!complete && property.GetCustomAttribute<DefaultValueAttribute>() is { } usual && (Equals(usual.Value, value) || written[key] is JsonObject { Count: 0 }))
            {
                written.Remove(key);
                continue;
            }
            if (value is string name && files.Checksum(property.Name, name) is { } checksum)
            {
                written[key] = Path.GetFileName(name);
                written[key + "-sha256"] = checksum;
            }
        }
        return written;
    }

    private static IEnumerable<PropertyInfo> Properties(object options) => options.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite && !Given.Contains(property.Name));

    private object? Read(PropertyInfo property, object? fallback, string key, InputNode node, BlockReader block)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type == typeof(int))
        {
            return (int)block.WholeNumber(key, fallback is int number ? number : 0, int.MinValue, int.MaxValue);
        }
        if (type == typeof(long))
        {
            return block.WholeNumber(key, fallback is long number ? number : 0, long.MinValue, long.MaxValue);
        }
        if (type == typeof(bool))
        {
            return block.Boolean(key, fallback is true);
        }
        if (type == typeof(double))
        {
            var dimension = PhysicalDimension.Of(OptionName.Hyphenate(property.Name));
            return block.Quantity(key, dimension, fallback is double number ? number : 0);
        }
        if (type.IsEnum)
        {
            var names = Enum.GetNames(type);
            var chosen = block.Choice(key, [.. names.Select(OptionName.Value)], OptionName.Value(fallback?.ToString() ?? names[0]));
            return Enum.Parse(type, names.First(name => OptionName.Value(name) == chosen));
        }
        if (type == typeof(string))
        {
            var text = block.Text(key, (string?)fallback ?? "");
            return text.Length == 0 ? text : files.Resolve(property.Name, text, node, block.Errors);
        }
        if (fallback is null)
        {
            throw new NotSupportedException($"the option {property.Name} has the type {type.Name}, which input files cannot give.");
        }
        var inner = new BlockReader(node, block.Errors);
        Bind(fallback, inner);
        inner.Finish();
        return fallback;
    }
}
