using OxyPlot.Axes;
using OxyPlot.Rendering;

namespace OxyPlot.Annotations;

/// <summary>A straight line across the plot.</summary>
public class LineAnnotation : TextualAnnotation
{
    public LineAnnotation() => (TextHorizontalAlignment, TextVerticalAlignment) = (HorizontalAlignment.Right, VerticalAlignment.Top);

    public LineAnnotationType Type { get; set; } = LineAnnotationType.LinearEquation;
    public double X { get; set; }
    public double Y { get; set; }
    public double Slope { get; set; }
    public double Intercept { get; set; }

    public OxyColor Color { get; set; } = OxyColors.Blue;
    public double StrokeThickness { get; set; } = 1;
    public LineStyle LineStyle { get; set; } = LineStyle.Dash;
    public LineJoin LineJoin { get; set; } = LineJoin.Miter;

    /// <summary>Where along the line its text stands, from 0 to 1.</summary>
    public double TextLinePosition { get; set; } = 1;
    public double TextMargin { get; set; } = 12;
    public double TextPadding { get; set; }

    internal override void Paint(SvgCanvas canvas, PlotModel plot, Axis x, Axis y, Box area)
    {
        var (from, to) = Type switch
        {
            LineAnnotationType.Horizontal => (new Pixel(area.Left, y.ToScreen(Y)), new Pixel(area.Right, y.ToScreen(Y))),
            LineAnnotationType.Vertical => (new Pixel(x.ToScreen(X), area.Bottom), new Pixel(x.ToScreen(X), area.Top)),
            _ => (Straight(x.ActualMinimum, x, y), Straight(x.ActualMaximum, x, y)),
        };
        if (!double.IsFinite(from.X + from.Y + to.X + to.Y))
        {
            return;
        }

        canvas.Line([from, to], new(Color, StrokeThickness, LineStyle.Dashes(), LineJoin));
        if (string.IsNullOrEmpty(Text))
        {
            return;
        }

        var length = Math.Sqrt(Math.Pow(to.X - from.X, 2) + Math.Pow(to.Y - from.Y, 2));
        var margin = TextHorizontalAlignment == HorizontalAlignment.Center ? 0 : TextLinePosition < 0.5 ? TextMargin : -TextMargin;
        var part = TextLinePosition + margin / length;
        var at = new Pixel(from.X + part * (to.X - from.X) - (int)TextHorizontalAlignment * TextPadding, from.Y + part * (to.Y - from.Y));
        canvas.Text(Text, at, StyleIn(plot), TextHorizontalAlignment, TextVerticalAlignment, Math.Atan2(to.Y - from.Y, to.X - from.X) * 180 / Math.PI);
    }

    private Pixel Straight(double at, Axis x, Axis y) => new(x.ToScreen(at), y.ToScreen(Slope * at + Intercept));
}
