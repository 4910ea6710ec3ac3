using Simulator;

namespace Experiments.Configuration;

/// <summary>A plug-in by its name.</summary>
/// <typeparam name="TContext">What every plug-in of the kind is told besides its options.</typeparam>
/// <typeparam name="TPlugin">The contract.</typeparam>
public sealed record CatalogueEntry<TContext, TPlugin>
{
    /// <summary>The name in input files.</summary>
    public required string Name { get; init; }

    /// <summary>One line for a reader who knows the field.</summary>
    public required string Description { get; init; }

    /// <summary>Makes options with all defaults.</summary>
    public required Func<object> DefaultOptions { get; init; }

    /// <summary>Fits options into a hard budget of bits for CSI of some dimensions; null where the plug-in has no such knob.</summary>
    public Func<object, CsiDimensions, int, object?> WithinBudget { get; init; } = (_, _, _) => null;

    /// <summary>Sets options to a mean number of bits for CSI of some dimensions; null where the plug-in has no such knob.</summary>
    public Func<object, CsiDimensions, double, object?> WithMean { get; init; } = (_, _, _) => null;

    /// <summary>Builds the plug-in from options of that type.</summary>
    public required Func<object, TContext, TPlugin> Create { get; init; }
}
