namespace Feedback.Neural;

/// <summary>Which network a recipe trains.</summary>
/// <param name="Scheme">Catalogue name of the scheme.</param>
/// <param name="Architecture">The network's size.</param>
/// <param name="Kind">The network of that size.</param>
public sealed record NetworkPlan(string Scheme, INetworkArchitecture Architecture, INetworkKind Kind);
