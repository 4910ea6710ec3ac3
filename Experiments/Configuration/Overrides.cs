namespace Experiments.Configuration;

/// <summary>Replaces values of an input by those of <c>--set PATH=VALUE</c>.</summary>
public static class Overrides
{
    /// <summary>Applies the overrides in order.</summary>
    /// <param name="root">The input.</param>
    /// <param name="overrides">Each <c>PATH=VALUE</c>, the value in YAML, e.g. <c>links.single-user.snr=20 dB</c>.</param>
    /// <param name="errors">Gathers what is wrong.</param>
    /// <returns>The input with the values replaced.</returns>
    public static InputNode Apply(InputNode root, IEnumerable<string> overrides, ErrorCollector errors)
    {
        ArgumentNullException.ThrowIfNull(overrides);
        ArgumentNullException.ThrowIfNull(errors);
        foreach (var text in overrides)
        {
            var source = $"--set {text}";
            var split = text.IndexOf('=', StringComparison.Ordinal);
            var path = split > 0 ? text[..split].Trim() : "";
            if (path.Length == 0 || path.Split('.').Any(part => part.Length == 0))
            {
                errors.Add(new ConfigurationError(source, 0, 0, "", "an override is written PATH=VALUE, e.g. links.single-user.snr=20 dB."));
            }
            else if (YamlInput.ReadValue(source, path, text[(split + 1)..], errors) is { } value)
            {
                root = Replace(root, path.Split('.'), value, errors);
            }
        }
        return root;
    }

    private static InputNode Replace(InputNode node, ReadOnlySpan<string> path, InputNode value, ErrorCollector errors)
    {
        var key = path[0];
        if (node.Kind != InputKind.Mapping)
        {
            errors.Add(value, $"'{node.Path}' is {node.Describe()} and has no key '{key}'; name the block that it refers to.");
            return node;
        }
        var current = node.Find(key);
        if (current is null && path.Length > 1)
        {
            var names = node.Entries.Select(entry => entry.Key.Text).ToArray();
            errors.Add(value, $"there is no '{node.PathOf(key)}'; {NearestName.Advise(key, names)}");
            return node;
        }
        var replaced = path.Length == 1 ? value : Replace(current!, path[1..], value, errors);
        if (current is not null)
        {
            return node with { Entries = [.. node.Entries.Select(entry => entry.Key.Text == key ? entry with { Value = replaced } : entry)] };
        }
        var added = value with { Kind = InputKind.Scalar, Text = key };
        return node with { Entries = [.. node.Entries, new InputEntry(added, replaced)] };
    }
}
