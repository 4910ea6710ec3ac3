namespace OxyPlot.Axes;

/// <summary>An axis on which equal distances are equal ratios.</summary>
public class LogarithmicAxis : Axis
{
    public double Base { get; set; } = 10;

    /// <summary>Whether a range that is not set reaches to whole powers of the base.</summary>
    public bool PowerPadding { get; set; } = true;

    public override bool IsLogarithmic() => true;
    public override bool IsValidValue(double value) => base.IsValidValue(value) && value > 0;

    internal override double Scale(double value) => Math.Log(Math.Max(value, 1e-300));

    internal override (List<double> Major, List<double> Minor) Ticks()
    {
        var low = Math.Log(ActualMinimum) / Math.Log(Base);
        var high = Math.Log(ActualMaximum) / Math.Log(Base);
        var density = Length / IntervalLength / (high - low);
        if (density > 1.5 * Base)
        {
            return base.Ticks();
        }

        if (density < 0.75)
        {
            var stride = Math.Pow(2, Math.Ceiling(Math.Log2(1 / density)));
            return (Powers(low, high, stride, [1]), Powers(low, high, Math.Ceiling(stride / 8), [1]));
        }

        var whole = Enumerable.Range(1, Math.Max(1, (int)Base - 1)).Select(mantissa => (double)mantissa).ToArray();
        double[] chosen = density < 2 ? [1] : Base == 10 ? [1, 2, 5] : whole;
        return (Powers(low, high, 1, chosen), Powers(low, high, 1, whole));
    }

    private protected override (double Low, double High) PadData()
    {
        var (low, high) = (DataMinimum, DataMaximum);
        if (high <= low)
        {
            (low, high) = (0.5 * low, 1.5 * high);
        }

        if (PowerPadding)
        {
            return (Math.Pow(Base, Math.Floor(Math.Log(low) / Math.Log(Base) + 1e-9)), Math.Pow(Base, Math.Ceiling(Math.Log(high) / Math.Log(Base) - 1e-9)));
        }

        var ratio = Math.Log(high / low);
        return (low * Math.Exp(-MinimumPadding * ratio), high * Math.Exp(MaximumPadding * ratio));
    }

    private List<double> Powers(double low, double high, double stride, double[] mantissas)
    {
        var ticks = new List<double>();
        for (var exponent = stride == 1 ? Math.Floor(low) : Math.Ceiling(low); exponent <= high; exponent += stride)
        {
            ticks.AddRange(mantissas.Select(mantissa => mantissa * Math.Pow(Base, exponent)));
        }

        return ticks.FindAll(tick => tick >= ActualMinimum * (1 - 1e-9) && tick <= ActualMaximum * (1 + 1e-9));
    }
}
