namespace Experiments.Configuration;

/// <summary>The three shapes of YAML.</summary>
public enum InputKind
{
    /// <summary>A single value.</summary>
    Scalar,

    /// <summary>A list; where a single value is expected, a sweep.</summary>
    Sequence,

    /// <summary>A block of keys and values.</summary>
    Mapping,
}
