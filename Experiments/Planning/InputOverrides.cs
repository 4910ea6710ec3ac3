namespace Experiments.Planning;

/// <summary>What the command line says over an input file.</summary>
public sealed record InputOverrides
{
    /// <summary>Names of the experiments wanted; empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Values that replace those of the file, each <c>PATH=VALUE</c>.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Number of drops of every experiment; null for what the file says.</summary>
    public int? Drops { get; init; }
}
