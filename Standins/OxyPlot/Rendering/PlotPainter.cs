using System.Globalization;
using OxyPlot.Axes;

namespace OxyPlot.Rendering;

/// <summary>Draws a plot from back to front.</summary>
internal static class PlotPainter
{
    public static void Paint(PlotModel plot, SvgCanvas canvas, Box bounds)
    {
        var axes = plot.Axes.ToList();
        var x = Find(axes, axis => axis.IsHorizontal(), AxisPosition.Bottom);
        var y = Find(axes, axis => axis.IsVertical(), AxisPosition.Left);
        ChooseColors(plot);
        axes.ForEach(axis => axis.Culture = plot.Culture ?? CultureInfo.CurrentCulture);
        axes.ForEach(axis => axis.ForgetData());
        foreach (var series in plot.Series.Where(series => series.IsVisible))
        {
            series.Include(x, y);
        }

        axes.ForEach(axis => axis.ChooseRange());
        var layout = new PlotLayout(plot, axes, bounds);
        var area = layout.Area;

        canvas.Rectangle(bounds, plot.Background, new(OxyColors.Undefined, 0));
        canvas.Rectangle(area, plot.PlotAreaBackground, new(OxyColors.Undefined, 0));
        axes.FindAll(axis => axis.IsAxisVisible).ForEach(axis => AxisPainter.PaintMinor(canvas, axis, area));
        axes.FindAll(axis => axis.IsAxisVisible).ForEach(axis => AxisPainter.PaintMajor(canvas, plot, axis, area));
        canvas.BeginClip(area);
        foreach (var series in plot.Series.Where(series => series.IsVisible))
        {
            series.Paint(canvas, x, y);
        }

        canvas.EndClip();
        PaintTitles(plot, canvas, layout);
        PaintBorder(plot, canvas, area);
        foreach (var (legend, box) in layout.Legends)
        {
            legend.Paint(canvas, plot, box);
        }
    }

    private static Axis Find(List<Axis> axes, Predicate<Axis> fits, AxisPosition position)
    {
        var axis = axes.Find(fits);
        if (axis is null)
        {
            axis = new LinearAxis { Position = position };
            axes.Add(axis);
        }

        return axis;
    }

    private static void ChooseColors(PlotModel plot)
    {
        var next = 0;
        foreach (var series in plot.Series)
        {
            series.TakeDefaultColor(() => plot.DefaultColors.Count == 0 ? OxyColors.Black : plot.DefaultColors[next++ % plot.DefaultColors.Count]);
        }
    }

    private static void PaintTitles(PlotModel plot, SvgCanvas canvas, PlotLayout layout)
    {
        var top = layout.Bounds.Top + plot.Padding.Top;
        if (!string.IsNullOrEmpty(plot.Title))
        {
            canvas.Text(plot.Title, new(layout.Area.Center, top), layout.TitleStyle, HorizontalAlignment.Center, VerticalAlignment.Top);
            top += TextMetrics.Height(layout.TitleStyle);
        }

        if (!string.IsNullOrEmpty(plot.Subtitle))
        {
            canvas.Text(plot.Subtitle, new(layout.Area.Center, top), layout.SubtitleStyle, HorizontalAlignment.Center, VerticalAlignment.Top);
        }
    }

    private static void PaintBorder(PlotModel plot, SvgCanvas canvas, Box area)
    {
        var width = plot.PlotAreaBorderThickness;
        void Side(double thickness, Pixel from, Pixel to) => canvas.Line([from, to], new(plot.PlotAreaBorderColor, thickness, Sharp: true));
        Side(width.Top, new(area.Left, area.Top), new(area.Right, area.Top));
        Side(width.Right, new(area.Right, area.Top), new(area.Right, area.Bottom));
        Side(width.Bottom, new(area.Left, area.Bottom), new(area.Right, area.Bottom));
        Side(width.Left, new(area.Left, area.Top), new(area.Left, area.Bottom));
    }
}
