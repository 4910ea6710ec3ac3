using System.Globalization;
using OxyPlot.Rendering;

namespace OxyPlot.Axes;

/// <summary>One axis of a plot: its range, ticks, grid lines and title.</summary>
public abstract class Axis : PlotElement
{
    public AxisPosition Position { get; set; } = AxisPosition.Left;
    public bool IsAxisVisible { get; set; } = true;

    public string? Title { get; set; }
    public double TitleFontSize { get; set; } = double.NaN;
    public double TitleFontWeight { get; set; } = FontWeights.Normal;
    public OxyColor TitleColor { get; set; } = OxyColors.Automatic;
    public double AxisTitleDistance { get; set; } = 4;
    public double AxisTickToLabelDistance { get; set; } = 4;

    public double Minimum { get; set; } = double.NaN;
    public double Maximum { get; set; } = double.NaN;
    public double MinimumPadding { get; set; } = 0.01;
    public double MaximumPadding { get; set; } = 0.01;

    public double MajorStep { get; set; } = double.NaN;
    public double MinorStep { get; set; } = double.NaN;
    public double IntervalLength { get; set; } = 60;
    public string? StringFormat { get; set; }
    public Func<double, string>? LabelFormatter { get; set; }

    public TickStyle TickStyle { get; set; } = TickStyle.Outside;
    public OxyColor TicklineColor { get; set; } = OxyColors.Black;
    public OxyColor MinorTicklineColor { get; set; } = OxyColors.Automatic;
    public double MajorTickSize { get; set; } = 7;
    public double MinorTickSize { get; set; } = 4;

    public LineStyle AxislineStyle { get; set; } = LineStyle.None;
    public OxyColor AxislineColor { get; set; } = OxyColors.Black;
    public double AxislineThickness { get; set; } = 1;

    public LineStyle MajorGridlineStyle { get; set; } = LineStyle.None;
    public OxyColor MajorGridlineColor { get; set; } = OxyColor.FromArgb(0x40, 0, 0, 0);
    public double MajorGridlineThickness { get; set; } = 1;
    public LineStyle MinorGridlineStyle { get; set; } = LineStyle.None;
    public OxyColor MinorGridlineColor { get; set; } = OxyColor.FromArgb(0x20, 0, 0, 0);
    public double MinorGridlineThickness { get; set; } = 1;

    public double ActualMinimum { get; protected set; } = double.NaN;
    public double ActualMaximum { get; protected set; } = double.NaN;
    public double DataMinimum { get; protected set; } = double.NaN;
    public double DataMaximum { get; protected set; } = double.NaN;

    public bool IsHorizontal() => Position is AxisPosition.Bottom or AxisPosition.Top;
    public bool IsVertical() => Position is AxisPosition.Left or AxisPosition.Right;
    public virtual bool IsLogarithmic() => false;
    public virtual bool IsValidValue(double value) => double.IsFinite(value);

    internal double ScreenLow { get; private set; }
    internal double ScreenHigh { get; private set; }
    internal double Length => Math.Abs(ScreenHigh - ScreenLow);
    internal CultureInfo Culture { get; set; } = CultureInfo.InvariantCulture;

    internal virtual double Scale(double value) => value;

    internal void ForgetData() => DataMinimum = DataMaximum = double.NaN;

    internal void Include(double value)
    {
        if (!IsValidValue(value))
        {
            return;
        }

        DataMinimum = double.IsNaN(DataMinimum) ? value : Math.Min(DataMinimum, value);
        DataMaximum = double.IsNaN(DataMaximum) ? value : Math.Max(DataMaximum, value);
    }

    internal void ChooseRange()
    {
        var (low, high) = double.IsNaN(DataMinimum) ? (double.NaN, double.NaN) : PadData();
        ActualMinimum = double.IsNaN(Minimum) ? low : Minimum;
        ActualMaximum = double.IsNaN(Maximum) ? high : Maximum;
        if (!double.IsFinite(ActualMinimum))
        {
            ActualMinimum = IsLogarithmic() ? 1 : 0;
        }

        if (!double.IsFinite(ActualMaximum))
        {
            ActualMaximum = Math.Max(100, ActualMinimum);
        }

        if (ActualMaximum <= ActualMinimum)
        {
            ActualMaximum = IsLogarithmic() ? ActualMinimum * 100 : ActualMinimum + 100;
        }
    }

    internal void Place(Box area) => (ScreenLow, ScreenHigh) = IsHorizontal() ? (area.Left, area.Right) : (area.Bottom, area.Top);

    internal double ToScreen(double value)
    {
        var low = Scale(ActualMinimum);
        return ScreenLow + (Scale(value) - low) / (Scale(ActualMaximum) - low) * (ScreenHigh - ScreenLow);
    }

    internal string Label(double value) =>
        LabelFormatter is { } formatter ? formatter(value) : value.ToString(StringFormat ?? "g6", Culture);

    internal virtual (List<double> Major, List<double> Minor) Ticks()
    {
        var major = double.IsNaN(MajorStep) ? LinearTicks.Step(ActualMaximum - ActualMinimum, Math.Max(1, Length / IntervalLength)) : MajorStep;
        var minor = double.IsNaN(MinorStep) ? LinearTicks.MinorStep(major) : MinorStep;
        return (LinearTicks.Between(ActualMinimum, ActualMaximum, major), LinearTicks.Between(ActualMinimum, ActualMaximum, minor));
    }

    private protected virtual (double Low, double High) PadData()
    {
        var (low, high) = (DataMinimum, DataMaximum);
        if (high <= low)
        {
            var half = 0.5 * (high > 0 ? high : 1);
            (low, high) = (low - half, high + half);
        }

        return (low - MinimumPadding * (high - low), high + MaximumPadding * (high - low));
    }
}
