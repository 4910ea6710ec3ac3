namespace Experiments.Configuration;

/// <summary>The options of a plug-in that has none.</summary>
public sealed record NoOptions;
