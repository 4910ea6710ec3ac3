using System.Text.Json.Nodes;

namespace Experiments.Drawing;

/// <summary>A column of drops in a few numbers.</summary>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="Deviation">Standard deviation, of n - 1.</param>
/// <param name="Median">The middle value.</param>
/// <param name="Low">The 10 % quantile.</param>
/// <param name="High">The 90 % quantile.</param>
public sealed record Distribution(double Mean, double Deviation, double Median, double Low, double High)
{
    /// <summary>Summarises values.</summary>
    /// <param name="values">At least one.</param>
    /// <returns>The summary; quantiles lie between neighbouring values.</returns>
    public static Distribution Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var sorted = values.Order().ToArray();
        var mean = sorted.Average();
        var deviation = sorted.Length > 1 ? Math.Sqrt(sorted.Sum(value => (value - mean) * (value - mean)) / (sorted.Length - 1)) : 0;
        return new Distribution(mean, deviation, Quantile(sorted, 0.5), Quantile(sorted, 0.1), Quantile(sorted, 0.9));
    }

    /// <summary>The summary with the names of its numbers.</summary>
    /// <returns>An object of five numbers.</returns>
    public JsonObject Describe() => new()
    {
        ["mean"] = Finite(Mean),
        ["standard_deviation"] = Finite(Deviation),
        ["median"] = Finite(Median),
        ["p10"] = Finite(Low),
        ["p90"] = Finite(High),
    };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static double Quantile(double[] sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var (below, above) = (sorted[(int)position], sorted[Math.Min((int)position + 1, sorted.Length - 1)]);
        return below + (above - below) * (position - (int)position);
    }
}
