namespace OxyPlot.Axes;

/// <summary>Tick values at 1, 2 or 5 times a power of ten.</summary>
internal static class LinearTicks
{
    /// <summary>The smallest such step that cuts the range into at most so many intervals, and into two at least.</summary>
    public static double Step(double range, double intervals)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(range / intervals)));
        var step = new[] { 1.0, 2, 5, 10, 20 }.Select(mantissa => Clean(mantissa * power)).First(step => range / step <= intervals + 1e-9);
        return range / step >= 2 ? step : Clean(step / (IsTwo(step) ? 2 : IsTwo(step / 2.5) ? 2.5 : 2));
    }

    public static double MinorStep(double major) => major / (IsTwo(major) ? 4 : 5);

    public static List<double> Between(double low, double high, double step)
    {
        var first = Math.Ceiling(low / step - 1e-3);
        var count = (int)Math.Min(1000, Math.Floor(high / step + 1e-3) - first + 1);
        return [.. Enumerable.Range(0, Math.Max(0, count)).Select(i => Clean((first + i) * step) + 0.0)];
    }

    private static bool IsTwo(double step)
    {
        var mantissa = step / Math.Pow(10, Math.Floor(Math.Log10(step) + 1e-9));
        return Math.Abs(mantissa - 2) < 1e-6;
    }

    // 3 * 0.1 shall be 0.3: fourteen digits are more than any label shows.
    private static double Clean(double value) => value == 0 ? 0 : (double)Math.Round((decimal)value, 14) is var rounded && Math.Abs(value) is > 1e-6 and < 1e12 ? rounded : value;
}
