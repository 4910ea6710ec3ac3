using OxyPlot.Rendering;

namespace OxyPlot.Legends;

/// <summary>A legend with a symbol and a title for each series.</summary>
public class Legend : LegendBase
{
    internal override (double Width, double Height) Measure(PlotModel plot, Box area)
    {
        var entries = Arrange(plot, area).ToList();
        return entries.Count == 0
            ? (0, 0)
            : (Math.Max(entries.Max(entry => entry.Place.Right), TextMetrics.Width(LegendTitle, TitleStyle(plot))) + 2 * LegendPadding,
                entries.Max(entry => entry.Place.Bottom) + 2 * LegendPadding);
    }

    internal override void Paint(SvgCanvas canvas, PlotModel plot, Box box)
    {
        if (box.Width <= 0)
        {
            return;
        }

        canvas.Rectangle(box, LegendBackground, new(LegendBorder, LegendBorderThickness));
        if (LegendTitle is not null)
        {
            canvas.Text(LegendTitle, new(box.Left + LegendPadding, box.Top + LegendPadding), TitleStyle(plot), HorizontalAlignment.Left, VerticalAlignment.Top);
        }

        foreach (var (series, place) in Arrange(plot, box))
        {
            var line = place with { Left = place.Left + box.Left + LegendPadding, Top = place.Top + box.Top + LegendPadding };
            series.PaintSymbol(canvas, line with { Width = LegendSymbolLength });
            canvas.Text(series.Title!, new(line.Left + LegendSymbolLength + LegendSymbolMargin, line.Middle), ItemStyle(plot), HorizontalAlignment.Left, VerticalAlignment.Middle);
        }
    }

    /// <summary>Lays the entries out from the inner corner of the legend: in columns, or in rows above and below a plot.</summary>
    private IEnumerable<(Series.Series Series, Box Place)> Arrange(PlotModel plot, Box area)
    {
        var style = ItemStyle(plot);
        var height = TextMetrics.Height(style);
        var rows = LegendOrientation == LegendOrientation.Horizontal && !IsOnSide;
        var top = LegendTitle is null ? 0 : TextMetrics.Height(TitleStyle(plot));
        var (x, y, widest) = (0.0, top, 0.0);
        foreach (var series in plot.Series.Where(series => series.IsVisible && series.RenderInLegend && !string.IsNullOrEmpty(series.Title)))
        {
            var width = LegendSymbolLength + LegendSymbolMargin + TextMetrics.Width(series.Title, style);
            if (rows && x > 0 && x + width > area.Width - 2 * LegendPadding)
            {
                (x, y) = (0, y + height + LegendLineSpacing);
            }
            else if (!rows && y > top && y + height > area.Height - 2 * LegendPadding)
            {
                (x, y, widest) = (x + widest + LegendColumnSpacing, top, 0);
            }

            yield return (series, new(x, y, width, height));
            (x, y) = rows ? (x + width + LegendItemSpacing, y) : (x, y + height + LegendLineSpacing);
            widest = Math.Max(widest, width);
        }
    }

    private TextStyle ItemStyle(PlotModel plot) =>
        new(LegendFont ?? plot.DefaultFont, double.IsNaN(LegendFontSize) ? plot.DefaultFontSize : LegendFontSize, LegendFontWeight, LegendTextColor.GetActualColor(plot.TextColor));

    private TextStyle TitleStyle(PlotModel plot) =>
        ItemStyle(plot) with { Weight = LegendTitleFontWeight, Size = double.IsNaN(LegendTitleFontSize) ? ItemStyle(plot).Size : LegendTitleFontSize };
}
