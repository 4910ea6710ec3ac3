using OxyPlot.Axes;

namespace OxyPlot.Rendering;

/// <summary>Draws an axis: grid lines and ticks, then labels and title.</summary>
internal static class AxisPainter
{
    // The package keeps this distance between axes on one side and takes it from the title even if there is one axis.
    private const double TierDistance = 4;

    public static void PaintMinor(SvgCanvas canvas, Axis axis, Box area)
    {
        var (major, minor) = axis.Ticks();
        var between = minor.FindAll(tick => !major.Exists(other => Math.Abs(axis.ToScreen(other) - axis.ToScreen(tick)) < 0.01));
        PaintGrid(canvas, axis, area, between, new(axis.MinorGridlineColor, axis.MinorGridlineThickness, axis.MinorGridlineStyle.Dashes(), Sharp: true), axis.MinorGridlineStyle);
        PaintTicks(canvas, axis, area, between, axis.MinorTickSize, axis.MinorTicklineColor.GetActualColor(axis.TicklineColor));
    }

    public static void PaintMajor(SvgCanvas canvas, PlotModel plot, Axis axis, Box area)
    {
        var ticks = axis.Ticks().Major;
        PaintGrid(canvas, axis, area, ticks, new(axis.MajorGridlineColor, axis.MajorGridlineThickness, axis.MajorGridlineStyle.Dashes(), Sharp: true), axis.MajorGridlineStyle);
        PaintTicks(canvas, axis, area, ticks, axis.MajorTickSize, axis.TicklineColor);
        PaintLabels(canvas, plot, axis, area, ticks);
        PaintTitle(canvas, plot, axis, area);
        if (axis.AxislineStyle != LineStyle.None)
        {
            canvas.Line([At(axis, area, axis.ScreenLow, 0), At(axis, area, axis.ScreenHigh, 0)], new(axis.AxislineColor, axis.AxislineThickness, axis.AxislineStyle.Dashes(), Sharp: true));
        }
    }

    private static void PaintGrid(SvgCanvas canvas, Axis axis, Box area, List<double> ticks, Stroke stroke, LineStyle style)
    {
        foreach (var at in style == LineStyle.None ? [] : ticks.Select(axis.ToScreen))
        {
            canvas.Line(axis.IsHorizontal() ? [new(at, area.Top), new(at, area.Bottom)] : [new(area.Left, at), new(area.Right, at)], stroke);
        }
    }

    private static void PaintTicks(SvgCanvas canvas, Axis axis, Box area, List<double> ticks, double size, OxyColor color)
    {
        if (axis.TickStyle == TickStyle.None)
        {
            return;
        }

        var outer = PlotLayout.OuterTick(axis, size);
        var inner = axis.TickStyle == TickStyle.Inside ? size : axis.TickStyle == TickStyle.Crossing ? size / 2 : 0;
        foreach (var at in ticks.Select(axis.ToScreen))
        {
            canvas.Line([At(axis, area, at, -inner), At(axis, area, at, outer)], new(color, 1, Sharp: true));
        }
    }

    private static void PaintLabels(SvgCanvas canvas, PlotModel plot, Axis axis, Box area, List<double> ticks)
    {
        var distance = PlotLayout.OuterTick(axis, axis.MajorTickSize) + axis.AxisTickToLabelDistance;
        var (across, up) = axis.Position switch
        {
            AxisPosition.Left => (HorizontalAlignment.Right, VerticalAlignment.Middle),
            AxisPosition.Right => (HorizontalAlignment.Left, VerticalAlignment.Middle),
            AxisPosition.Top => (HorizontalAlignment.Center, VerticalAlignment.Bottom),
            _ => (HorizontalAlignment.Center, VerticalAlignment.Top),
        };
        foreach (var tick in ticks)
        {
            canvas.Text(axis.Label(tick), At(axis, area, axis.ToScreen(tick), distance), axis.StyleIn(plot), across, up);
        }
    }

    private static void PaintTitle(SvgCanvas canvas, PlotModel plot, Axis axis, Box area)
    {
        if (string.IsNullOrEmpty(axis.Title))
        {
            return;
        }

        var style = PlotLayout.AxisTitleStyle(axis, plot);
        var depth = PlotLayout.LabelDepth(axis, plot) + axis.AxisTitleDistance + TextMetrics.Height(style) - TierDistance;
        var at = At(axis, area, axis.IsHorizontal() ? area.Center : area.Middle, depth);
        canvas.Text(
            axis.Title,
            at,
            style,
            HorizontalAlignment.Center,
            axis.Position is AxisPosition.Left or AxisPosition.Top ? VerticalAlignment.Top : VerticalAlignment.Bottom,
            axis.IsHorizontal() ? 0 : -90);
    }

    /// <summary>The point at a distance outwards from the axis line.</summary>
    private static Pixel At(Axis axis, Box area, double along, double outwards) => axis.Position switch
    {
        AxisPosition.Left => new(area.Left - outwards, along),
        AxisPosition.Right => new(area.Right + outwards, along),
        AxisPosition.Top => new(along, area.Top - outwards),
        _ => new(along, area.Bottom + outwards),
    };
}
