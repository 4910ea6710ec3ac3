using Simulator;

namespace Experiments.Planning;

/// <summary>One operating point of a feedback block.</summary>
public sealed record SchemeSetting
{
    /// <summary>The feedback block's name in the YAML file: the label of a curve.</summary>
    public required string Name { get; init; }

    /// <summary>The swept options of this operating point, e.g. <c>taps=8</c>; empty if nothing is swept.</summary>
    public required string Setting { get; init; }

    /// <summary>The resolved block as one line of JSON with sorted keys, model checksums included.</summary>
    public required string Canonical { get; init; }

    /// <summary>Builds the scheme.</summary>
    public required Func<IFeedbackScheme> Create { get; init; }
}
