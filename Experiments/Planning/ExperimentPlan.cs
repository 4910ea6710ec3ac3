namespace Experiments.Planning;

/// <summary>An experiment of a validated input file, expanded to numbered points.</summary>
public sealed record ExperimentPlan
{
    /// <summary>The experiment's name; its results live in a folder of this name.</summary>
    public required string Name { get; init; }

    /// <summary>Number of drops a point.</summary>
    public required int Drops { get; init; }

    /// <summary>Drops a block: the unit of randomness, of work and of storage.</summary>
    public required int BlockSize { get; init; }

    /// <summary>Number of blocks a point: the last one may be cut.</summary>
    public int BlockCount => (Drops + BlockSize - 1) / BlockSize;

    /// <summary>The root seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Whether lines of theory are drawn beside the schemes.</summary>
    public bool ReferenceLines { get; init; }

    /// <summary>The points in order.</summary>
    public required IReadOnlyList<PlannedPoint> Points { get; init; }

    /// <summary>The input as resolved, one indented JSON document, for the manifest.</summary>
    public required string ResolvedInput { get; init; }
}
