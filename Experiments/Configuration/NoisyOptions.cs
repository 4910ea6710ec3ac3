namespace Experiments.Configuration;

/// <summary>The options of the estimator <c>noisy</c>.</summary>
public sealed record NoisyOptions
{
    /// <summary>SNR of the estimate [dB].</summary>
    public double SnrDecibels { get; init; } = 20;
}
