namespace Experiments.Configuration;

/// <summary>A key of a block with its value.</summary>
/// <param name="Key">The key, a scalar.</param>
/// <param name="Value">The value.</param>
public sealed record InputEntry(InputNode Key, InputNode Value);
