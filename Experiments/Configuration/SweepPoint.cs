namespace Experiments.Configuration;

/// <summary>One combination of the values that a block lists.</summary>
/// <param name="Block">The block with one value at each place.</param>
/// <param name="Setting">The listed values chosen, e.g. <c>taps=8; value-bits=4</c>; empty if nothing is listed.</param>
public sealed record SweepPoint(InputNode Block, string Setting);
