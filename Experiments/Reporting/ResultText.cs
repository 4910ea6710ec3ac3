using System.Globalization;

namespace Experiments.Reporting;

/// <summary>Numbers as people read them: few digits, a dash for what is not defined.</summary>
internal static class ResultText
{
    public const string Undefined = "–";

    public static string Bits(PointResult point)
    {
        var mean = Number(point.BitsMean, "0.#");
        return point.BitsMinimum < point.BitsMaximum ? $"{mean} ({Number(point.BitsMinimum, "0")}–{Number(point.BitsMaximum, "0")})" : mean;
    }

    public static string Decibels(Estimate estimate) => Number(estimate.Value, "0.00");

    public static string Fraction(Estimate estimate) => Number(estimate.Value, "0.0000");

    public static string Rate(double value) => Number(value, "0.000");

    /// <summary>A mean with half the width of its interval, e.g. <c>6.103 ± 0.041</c>.</summary>
    public static string Rate(Estimate estimate) =>
        estimate.HasInterval ? $"{Rate(estimate.Value)} ± {Rate((estimate.High - estimate.Low) / 2)}" : Rate(estimate.Value);

    public static string Number(double value, string format) =>
        double.IsNaN(value) ? Undefined
        : double.IsNegativeInfinity(value) ? "−∞"
        : double.IsPositiveInfinity(value) ? "∞"
        : value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−');
}
