namespace Experiments.Configuration;

/// <summary>A piece of an input file that knows where it stands, so that every error can name the place.</summary>
public sealed record InputNode
{
    /// <summary>The file as the user named it, or the command-line option that gave the value.</summary>
    public required string File { get; init; }

    /// <summary>Line, from 1; 0 for a value from the command line.</summary>
    public required int Line { get; init; }

    /// <summary>Column, from 1; 0 for a value from the command line.</summary>
    public required int Column { get; init; }

    /// <summary>The YAML path, e.g. <c>scenarios.indoor.bandwidth</c>; empty for the whole file.</summary>
    public required string Path { get; init; }

    /// <summary>The shape.</summary>
    public required InputKind Kind { get; init; }

    /// <summary>The text of a scalar.</summary>
    public string Text { get; init; } = "";

    /// <summary>The elements of a list.</summary>
    public IReadOnlyList<InputNode> Items { get; init; } = [];

    /// <summary>The keys and values of a block, in the order of the file.</summary>
    public IReadOnlyList<InputEntry> Entries { get; init; } = [];

    /// <summary>What stands here, for messages.</summary>
    /// <returns>The quoted text, <c>a list</c> or <c>a block</c>.</returns>
    public string Describe() => Kind switch
    {
        InputKind.Scalar when Text.Length == 0 => "no value",
        InputKind.Scalar => $"'{Text}'",
        InputKind.Sequence => "a list",
        _ => "a block",
    };

    /// <summary>Looks a key of a block up.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Its value, or null.</returns>
    public InputNode? Find(string key) => Entries.FirstOrDefault(entry => entry.Key.Text == key)?.Value;

    /// <summary>The path of a key below this block.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The dotted path.</returns>
    public string PathOf(string key) => Path.Length > 0 ? $"{Path}.{key}" : key;
}
