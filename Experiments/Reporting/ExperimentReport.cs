namespace Experiments.Reporting;

/// <summary>What an experiment found, and everything needed to read and repeat it.</summary>
public sealed record ExperimentReport
{
    /// <summary>The experiment's name in the input file.</summary>
    public required string Name { get; init; }

    /// <summary>The points in the order of the plan.</summary>
    public required IReadOnlyList<PointResult> Points { get; init; }

    /// <summary>Lines of theory that are drawn beside the schemes; empty if none are wanted.</summary>
    public IReadOnlyList<ReferenceLine> ReferenceLines { get; init; } = [];

    /// <summary>What the columns mean.</summary>
    public IReadOnlyList<Definition> Definitions { get; init; } = StandardDefinitions.All;

    /// <summary>How the results came about; null if it is not known.</summary>
    public Manifest? Manifest { get; init; }

    /// <summary>How long each point took; empty if it was not measured.</summary>
    public IReadOnlyList<PointTiming> Timings { get; init; } = [];
}
