using Simulator;

namespace Tests.Support;

/// <summary>A feedback scheme at one operating point, as the contract tests make instances of it.</summary>
/// <param name="Name">What the tests call it.</param>
/// <param name="Dimensions">The CSI that it is for.</param>
/// <param name="Create">Makes a fresh instance.</param>
public sealed record FeedbackCase(string Name, CsiDimensions Dimensions, Func<IFeedbackScheme> Create);
