using System.Globalization;

namespace Experiments.Configuration;

/// <summary>Reads the keys of one block; what was not asked for in the end is an unknown key.</summary>
public sealed class BlockReader
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    /// <summary>Starts reading.</summary>
    /// <param name="block">The block; anything else is an error and reads as an empty block.</param>
    /// <param name="errors">Gathers what is wrong.</param>
    public BlockReader(InputNode block, ErrorCollector errors)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentNullException.ThrowIfNull(errors);
        Block = block;
        Errors = errors;
        if (block.Kind != InputKind.Mapping)
        {
            errors.Add(block, $"found {block.Describe()} where a block of keys is expected.");
        }
    }

    /// <summary>The block.</summary>
    public InputNode Block { get; }

    /// <summary>Gathers what is wrong.</summary>
    public ErrorCollector Errors { get; }

    /// <summary>Looks a key up and permits it.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Its value, or null.</returns>
    public InputNode? Find(string key)
    {
        known.Add(key);
        return Block.Find(key);
    }

    /// <summary>Looks up a key that must be there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="example">A value it may have.</param>
    /// <returns>Its value, or null after an error.</returns>
    public InputNode? Require(string key, string example)
    {
        var value = Find(key);
        if (value is null && Block.Kind == InputKind.Mapping)
        {
            Errors.Add(Block, $"the key '{key}' is missing; it is written like '{key}: {example}'.");
        }
        return value;
    }

    /// <summary>Reads the text of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The value where the key is not given.</param>
    /// <returns>The text.</returns>
    public string Text(string key, string fallback) =>
        Find(key) is { } node && Scalar(node, "a text") ? node.Text : fallback;

    /// <summary>Reads a whole number.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The value where the key is not given.</param>
    /// <param name="minimum">The least value permitted.</param>
    /// <param name="maximum">The greatest value permitted.</param>
    /// <returns>The number.</returns>
    public long WholeNumber(string key, long fallback, long minimum, long maximum)
    {
        if (Find(key) is not { } node || !Scalar(node, "a whole number"))
        {
            return fallback;
        }
        if (!long.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            Errors.Add(node, $"'{node.Text}' is not a whole number{Range(minimum, maximum, "; permitted: ")}.");
            return fallback;
        }
        if (value < minimum || value > maximum)
        {
            Errors.Add(node, $"{node.Text} is out of range{Range(minimum, maximum, "; permitted: ")}.");
            return fallback;
        }
        return value;
    }

    /// <summary>Reads a quantity with its unit.</summary>
    /// <param name="key">The key.</param>
    /// <param name="dimension">What it measures.</param>
    /// <param name="fallback">The value in the SI unit where the key is not given.</param>
    /// <returns>The value in the SI unit.</returns>
    public double Quantity(string key, PhysicalDimension dimension, double fallback)
    {
        ArgumentNullException.ThrowIfNull(dimension);
        if (Find(key) is not { } node || !Scalar(node, dimension.Name))
        {
            return fallback;
        }
        if (dimension.Parse(node.Text, out var value) is not { } complaint)
        {
            return value;
        }
        Errors.Add(node, complaint);
        return fallback;
    }

    /// <summary>Reads a quantity that has to be greater than zero.</summary>
    /// <param name="key">The key.</param>
    /// <param name="dimension">What it measures.</param>
    /// <param name="fallback">The value in the SI unit where the key is not given.</param>
    /// <returns>The value in the SI unit.</returns>
    public double Positive(string key, PhysicalDimension dimension, double fallback)
    {
        var value = Quantity(key, dimension, fallback);
        if (value > 0)
        {
            return value;
        }
        Errors.Add(Find(key)!, $"'{Find(key)!.Text}' is out of range; permitted: greater than zero.");
        return fallback;
    }

    /// <summary>Reads yes or no.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The value where the key is not given.</param>
    /// <returns>The value.</returns>
    public bool Boolean(string key, bool fallback) => Choice(key, ["false", "true"], fallback ? "true" : "false") == "true";

    /// <summary>Reads one of some names.</summary>
    /// <param name="key">The key.</param>
    /// <param name="permitted">The names.</param>
    /// <param name="fallback">The name where the key is not given.</param>
    /// <returns>The name.</returns>
    public string Choice(string key, IReadOnlyCollection<string> permitted, string fallback)
    {
        ArgumentNullException.ThrowIfNull(permitted);
        if (Find(key) is not { } node || !Scalar(node, "a name"))
        {
            return fallback;
        }
        if (permitted.Contains(node.Text))
        {
            return node.Text;
        }
        Errors.Add(node, $"'{node.Text}' is not permitted; {NearestName.Advise(node.Text, permitted)}");
        return fallback;
    }

    /// <summary>Ends the reading: keys that were not asked for are errors.</summary>
    public void Finish()
    {
        foreach (var key in Block.Entries.Select(entry => entry.Key).Where(key => !known.Contains(key.Text)))
        {
            Errors.Add(key, $"the key '{key.Text}' is not known; {NearestName.Advise(key.Text, known)}");
        }
    }

    /// <summary>Ends the reading, unless the plug-in is unknown and so are its keys.</summary>
    /// <param name="isUnknown">Whether it is.</param>
    public void FinishUnless(bool isUnknown)
    {
        if (!isUnknown)
        {
            Finish();
        }
    }

    private bool Scalar(InputNode node, string expected)
    {
        if (node.Kind == InputKind.Scalar && node.Text.Length > 0)
        {
            return true;
        }
        Errors.Add(node, $"found {node.Describe()} where {expected} is expected.");
        return false;
    }

    private static string Range(long minimum, long maximum, string before) => (minimum, maximum) switch
    {
        (int.MinValue or long.MinValue, _) => "",
        (_, int.MaxValue or long.MaxValue) => $"{before}{minimum} or more",
        _ => $"{before}{minimum} to {maximum}",
    };
}
