namespace Simulator;

/// <summary>How the average of a metric is written down.</summary>
public enum MetricScale
{
    /// <summary>As it is.</summary>
    Linear,

    /// <summary>10 log10 of the linear average.</summary>
    Decibels,
}
