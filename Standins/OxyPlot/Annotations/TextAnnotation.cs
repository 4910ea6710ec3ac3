using OxyPlot.Axes;
using OxyPlot.Rendering;

namespace OxyPlot.Annotations;

/// <summary>A text at a point of the plot.</summary>
public class TextAnnotation : TextualAnnotation
{
    public TextAnnotation() => TextVerticalAlignment = VerticalAlignment.Bottom;

    public OxyColor Background { get; set; } = OxyColors.Undefined;
    public OxyThickness Padding { get; set; } = new(4);
    public OxyColor Stroke { get; set; } = OxyColors.Black;
    public double StrokeThickness { get; set; } = 1;

    internal override void Paint(SvgCanvas canvas, PlotModel plot, Axis x, Axis y, Box area)
    {
        if (string.IsNullOrEmpty(Text))
        {
            return;
        }

        var style = StyleIn(plot);
        var at = new Pixel(x.ToScreen(TextPosition.X), y.ToScreen(TextPosition.Y));
        var (width, height) = (TextMetrics.Width(Text, style), TextMetrics.Height(style));
        var left = at.X - width * (1 + (int)TextHorizontalAlignment) / 2;
        var top = at.Y - height * (1 + (int)TextVerticalAlignment) / 2;
        canvas.Rectangle(
            new(left - Padding.Left, top - Padding.Top, width + Padding.Left + Padding.Right, height + Padding.Top + Padding.Bottom),
            Background,
            new(Stroke, StrokeThickness));
        canvas.Text(Text, at, style, TextHorizontalAlignment, TextVerticalAlignment, TextRotation);
    }
}
