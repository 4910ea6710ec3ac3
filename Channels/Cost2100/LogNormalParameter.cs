namespace Channels.Cost2100;

/// <summary>A log-normal quantity q = m·10^(σx/10), x standard normal, by its median or by its moments.</summary>
/// <remarks>Either <see cref="Median"/> and <see cref="SigmaDecibels"/>, or <see cref="Mean"/> and <see cref="Deviation"/> of q itself.</remarks>
public sealed record LogNormalParameter
{
    /// <summary>m, the median.</summary>
    public double? Median { get; init; }

    /// <summary>σ, standard deviation of 10 log10 q [dB].</summary>
    public double SigmaDecibels { get; init; }

    /// <summary>E, the mean of q.</summary>
    public double? Mean { get; init; }

    /// <summary>V, the standard deviation of q.</summary>
    public double Deviation { get; init; }

    /// <summary>ln m.</summary>
    /// <returns>The natural logarithm of the median, -∞ for a quantity that is 0.</returns>
    internal double LogarithmOfMedian() => Mean is { } mean ? Math.Log(mean) - Variance(mean) / 2 : Math.Log(Median ?? 0);

    /// <summary>Standard deviation of ln q.</summary>
    /// <returns>σ·ln(10)/10, or √ln(1 + V²/E²).</returns>
    internal double LogarithmicDeviation() => Mean is { } mean ? Math.Sqrt(Variance(mean)) : SigmaDecibels * Math.Log(10) / 10;

    private double Variance(double mean) => Math.Log(1 + Deviation * Deviation / (mean * mean));
}
