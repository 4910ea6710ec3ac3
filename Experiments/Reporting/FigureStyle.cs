using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Experiments.Reporting;

/// <summary>How figures look: fonts, colours, markers, axes.</summary>
internal static class FigureStyle
{
    /// <summary>Length of the bit axis without its legend, near enough for choosing ticks.</summary>
    public const double AxisLength = 520;

    private const double FontSize = 12;

    // The colours of Okabe and Ito, which people with deficient colour vision tell apart; without their yellow,
    // which is too light for lines, and their black, which is kept for perfect CSI.
    private static readonly OxyColor[] Colors =
    [
        OxyColor.FromRgb(0, 114, 178), OxyColor.FromRgb(213, 94, 0), OxyColor.FromRgb(0, 158, 115), OxyColor.FromRgb(204, 121, 167),
        OxyColor.FromRgb(230, 159, 0), OxyColor.FromRgb(86, 180, 233), OxyColor.FromRgb(110, 90, 70),
    ];

    private static readonly MarkerType[] Markers = [MarkerType.Circle, MarkerType.Square, MarkerType.Triangle, MarkerType.Diamond];

    private static readonly OxyColor Ink = OxyColor.FromRgb(38, 38, 38);
    private static readonly OxyColor Grid = OxyColor.FromRgb(226, 226, 226);

    public static PlotModel Plot(string title)
    {
        var plot = new PlotModel
        {
            Title = title,
            TitleFontSize = 13,
            TitlePadding = 12,
            DefaultFont = "Arial",
            DefaultFontSize = FontSize,
            TextColor = Ink,
            Culture = CultureInfo.InvariantCulture,
            Background = OxyColors.White,
            PlotAreaBorderColor = Ink,
            Padding = new OxyThickness(10),
        };
        plot.Legends.Add(new Legend
        {
            LegendPlacement = LegendPlacement.Outside,
            LegendPosition = LegendPosition.RightTop,
            LegendSymbolLength = 30,
            LegendSymbolMargin = 6,
            LegendMargin = 12,
            LegendPadding = 0,
            LegendLineSpacing = 7,
        });
        return plot;
    }

    public static void Dress(Axis axis, AxisPosition position, string title)
    {
        axis.Position = position;
        axis.Title = title;
        axis.TitleFontSize = FontSize + 1;
        axis.AxisTitleDistance = position == AxisPosition.Left ? 20 : 13;
        axis.AxisTickToLabelDistance = 6;
        axis.TickStyle = TickStyle.Inside;
        axis.TicklineColor = Ink;
        axis.MajorTickSize = 5;
        axis.MinorTickSize = 3;
        axis.MajorGridlineStyle = LineStyle.Solid;
        axis.MajorGridlineColor = Grid;
        axis.LabelFormatter = value => Math.Round(value, 9).ToString("0.#########", CultureInfo.InvariantCulture).Replace('-', '−');
    }

    /// <summary>The line of a scheme; one point is a marker alone.</summary>
    public static LineSeries Line(int number, string? title, int points) => new()
    {
        Title = title,
        Color = Color(number),
        StrokeThickness = points > 1 ? 1.8 : 0,
        LineStyle = points > 1 ? LineStyle.Solid : LineStyle.None,
        MarkerType = Markers[number % Markers.Length],
        MarkerSize = 3.8,
        MarkerFill = number / Markers.Length % 2 == 0 ? OxyColors.White : Color(number),
        MarkerStroke = Color(number),
        MarkerStrokeThickness = 1.5,
    };

    public static AreaSeries Band(int number) => new()
    {
        Fill = OxyColor.FromAColor(46, Color(number)),
        Color = OxyColors.Transparent,
        Color2 = OxyColors.Transparent,
        StrokeThickness = 0,
        LineStyle = LineStyle.None,
    };

    /// <summary>The confidence interval of a point that stands alone.</summary>
    public static LineSeries Bar(int number) => new() { Color = Color(number), StrokeThickness = 1.2, LineStyle = LineStyle.Solid };

    /// <summary>One line of a range of mountains, hiding what lies behind it.</summary>
    public static AreaSeries Ridge() => new()
    {
        Fill = OxyColors.White,
        Color = Color(0),
        Color2 = OxyColors.Transparent,
        StrokeThickness = 1,
        LineStyle = LineStyle.Solid,
    };

    public static LineSeries Limit(string title) => new()
    {
        Title = title,
        Color = Ink,
        StrokeThickness = 1.3,
        LineStyle = LineStyle.Dash,
        Dashes = [6, 4],
    };

    /// <summary>A line of theory: thin, dashed and grey, so that nobody takes it for a scheme.</summary>
    public static LineSeries Reference(int number, string title) => new()
    {
        Title = title,
        Color = OxyColor.FromRgb(120, 120, 120),
        StrokeThickness = 1,
        LineStyle = LineStyle.Dash,
        Dashes = number % 2 == 0 ? [3, 3] : [9, 3, 2, 3],
    };

    /// <summary>An entry of the legend that is not seen and makes it wide enough.</summary>
    /// <remarks>
    /// OxyPlot measures text in points but draws it in pixels, a third larger, and cuts it off at the legend's edge;
    /// fonts on the reader's side may be wider still. A blank is less than half as wide as a letter.
    /// </remarks>
    public static LineSeries Spacer(IEnumerable<string?> titles) => new()
    {
        Title = new string('\u00A0', (int)(2.9 * titles.Max(title => title?.Length ?? 0))),
        Color = OxyColors.Transparent,
        StrokeThickness = 0,
        LineStyle = LineStyle.None,
    };

    private static OxyColor Color(int number) => Colors[number % Colors.Length];
}
