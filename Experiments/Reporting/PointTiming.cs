namespace Experiments.Reporting;

/// <summary>How long a point took; kept apart from its results, which are the same on every run.</summary>
/// <param name="Point">The point.</param>
/// <param name="Seconds">Time spent on it, summed over workers [s].</param>
public sealed record PointTiming(PointResult Point, double Seconds);
