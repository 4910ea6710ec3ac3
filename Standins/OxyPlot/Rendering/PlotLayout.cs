using OxyPlot.Axes;
using OxyPlot.Legends;

namespace OxyPlot.Rendering;

/// <summary>Where the parts of a plot stand.</summary>
internal sealed class PlotLayout
{
    private readonly PlotModel plot;
    private readonly IReadOnlyList<Axis> axes;

    public PlotLayout(PlotModel plot, IReadOnlyList<Axis> axes, Box bounds)
    {
        (this.plot, this.axes) = (plot, axes);
        Bounds = bounds;
        var margins = new OxyThickness(0);

        // Ticks depend on the length of an axis, the length on the width of the tick labels.
        for (var i = 0; i < 10; i++)
        {
            Arrange(margins);
            var wanted = Margins();
            if (wanted.Equals(margins))
            {
                break;
            }

            margins = wanted;
        }
    }

    public Box Bounds { get; }

    public Box Area { get; private set; }

    public double TitleHeight { get; private set; }

    public Dictionary<LegendBase, Box> Legends { get; } = [];

    public TextStyle TitleStyle => new(plot.TitleFont ?? plot.DefaultFont, plot.TitleFontSize, plot.TitleFontWeight, plot.TitleColor.GetActualColor(plot.TextColor));

    public TextStyle SubtitleStyle => new(plot.SubtitleFont ?? plot.DefaultFont, plot.SubtitleFontSize, plot.SubtitleFontWeight, plot.SubtitleColor.GetActualColor(plot.TextColor));

    /// <summary>From the axis line to the far edge of the tick labels.</summary>
    public static double LabelDepth(Axis axis, PlotModel plot)
    {
        var style = axis.StyleIn(plot);
        var labels = axis.Ticks().Major.Select(axis.Label).ToList();
        var size = axis.IsHorizontal() ? TextMetrics.Height(style) : labels.Select(label => TextMetrics.Width(label, style)).DefaultIfEmpty(0).Max();
        return OuterTick(axis, axis.MajorTickSize) + axis.AxisTickToLabelDistance + size;
    }

    public static double OuterTick(Axis axis, double size) =>
        axis.TickStyle == TickStyle.Outside ? size : axis.TickStyle == TickStyle.Crossing ? size / 2 : 0;

    public static TextStyle AxisTitleStyle(Axis axis, PlotModel plot) =>
        axis.StyleIn(plot) with
        {
            Size = double.IsNaN(axis.TitleFontSize) ? axis.StyleIn(plot).Size : axis.TitleFontSize,
            Weight = axis.TitleFontWeight,
            Color = axis.TitleColor.GetActualColor(plot.TextColor),
        };

    private void Arrange(OxyThickness margins)
    {
        var inner = Bounds.Without(plot.Padding);
        TitleHeight = (string.IsNullOrEmpty(plot.Title) ? 0 : TextMetrics.Height(TitleStyle)) + (string.IsNullOrEmpty(plot.Subtitle) ? 0 : TextMetrics.Height(SubtitleStyle));
        if (TitleHeight > 0)
        {
            inner = inner.Without(new(0, TitleHeight + plot.TitlePadding, 0, 0));
        }

        Area = inner.Without(margins);
        var legends = plot.IsLegendVisible ? plot.Legends.Where(legend => legend.IsLegendVisible).ToList() : [];
        var sizes = legends.ToDictionary(legend => legend, legend => legend.Measure(plot, Area));
        foreach (var legend in legends.Where(legend => legend.LegendPlacement == LegendPlacement.Outside && sizes[legend].Width > 0))
        {
            var (width, height) = (sizes[legend].Width + legend.LegendMargin, sizes[legend].Height + legend.LegendMargin);
            Area = Area.Without(legend.LegendPosition switch
            {
                >= LegendPosition.RightTop => new(0, 0, width, 0),
                >= LegendPosition.LeftTop => new(width, 0, 0, 0),
                >= LegendPosition.BottomLeft => new(0, 0, 0, height),
                _ => new(0, height, 0, 0),
            });
        }

        foreach (var axis in axes)
        {
            axis.Place(Area);
        }

        var outer = new Box(Area.Left - margins.Left, Area.Top - margins.Top, Area.Width + margins.Left + margins.Right, Area.Height + margins.Top + margins.Bottom);
        foreach (var legend in legends)
        {
            Legends[legend] = PlaceLegend(legend, sizes[legend].Width, sizes[legend].Height, outer);
        }
    }

    private Box PlaceLegend(LegendBase legend, double width, double height, Box outer)
    {
        var outside = legend.LegendPlacement == LegendPlacement.Outside;
        var (end, inset) = outside ? (outer, -legend.LegendMargin) : (Area, legend.LegendMargin);
        var along = outside ? 0 : legend.LegendMargin;
        var position = legend.LegendPosition;
        double left, top;
        if (legend.IsOnSide)
        {
            left = position < LegendPosition.RightTop ? end.Left + inset - (outside ? width : 0) : end.Right - inset - (outside ? 0 : width);
            top = ((int)position % 3) switch
            {
                0 => Area.Top + along,
                1 => Area.Middle - height / 2,
                _ => Area.Bottom - height - along,
            };
        }
        else
        {
            top = position < LegendPosition.BottomLeft ? end.Top + inset - (outside ? height : 0) : end.Bottom - inset - (outside ? 0 : height);
            left = ((int)position % 3) switch
            {
                0 => Area.Left + along,
                1 => Area.Center - width / 2,
                _ => Area.Right - width - along,
            };
        }

        return new(left, top, width, height);
    }

    private OxyThickness Margins()
    {
        double Side(AxisPosition side, double given) => double.IsNaN(given)
            ? axes.Where(axis => axis.IsAxisVisible && axis.Position == side).Select(Depth).DefaultIfEmpty(Overhang(side)).Max()
            : given;

        return new(
            Side(AxisPosition.Left, plot.PlotMargins.Left),
            Side(AxisPosition.Top, plot.PlotMargins.Top),
            Side(AxisPosition.Right, plot.PlotMargins.Right),
            Side(AxisPosition.Bottom, plot.PlotMargins.Bottom));
    }

    private double Depth(Axis axis) =>
        LabelDepth(axis, plot) + (string.IsNullOrEmpty(axis.Title) ? 0 : axis.AxisTitleDistance + TextMetrics.Height(AxisTitleStyle(axis, plot)));

    // The last tick label may reach beyond the end of its axis.
    private double Overhang(AxisPosition side)
    {
        var ends = side is AxisPosition.Left or AxisPosition.Right ? axes.Where(axis => axis.IsHorizontal()) : axes.Where(axis => axis.IsVertical());
        return ends.Where(axis => axis.IsAxisVisible).SelectMany(axis => axis.Ticks().Major.TakeLast(1).Select(tick =>
        {
            var style = axis.StyleIn(plot);
            var half = (axis.IsHorizontal() ? TextMetrics.Width(axis.Label(tick), style) : TextMetrics.Height(style)) / 2;
            return side is AxisPosition.Right or AxisPosition.Top ? half - Math.Abs(axis.ScreenHigh - axis.ToScreen(tick)) : 0;
        })).DefaultIfEmpty(0).Max() is > 0 and var overhang ? overhang : 0;
    }
}
