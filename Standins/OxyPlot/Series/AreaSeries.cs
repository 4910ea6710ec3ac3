using OxyPlot.Axes;
using OxyPlot.Rendering;

namespace OxyPlot.Series;

/// <summary>The area between two lines.</summary>
public class AreaSeries : LineSeries
{
    public OxyColor Color2 { get; set; } = OxyColors.Automatic;
    public OxyColor Fill { get; set; } = OxyColors.Automatic;
    public List<DataPoint> Points2 { get; } = [];

    /// <summary>Where the other edge lies if it is not given by points.</summary>
    public double ConstantY2 { get; set; }

    public OxyColor ActualColor2 => Color2.GetActualColor(ActualColor);
    public OxyColor ActualFill => Fill.GetActualColor(OxyColor.FromAColor(100, ActualColor));

    internal override void Include(Axis x, Axis y)
    {
        base.Include(x, y);
        Include(Edge(), x, y);
    }

    internal override void Paint(SvgCanvas canvas, Axis x, Axis y)
    {
        var (first, second) = (Runs(Points, x, y), Runs(Edge(), x, y));
        if (first.Count != second.Count)
        {
            return;
        }

        foreach (var (upper, lower) in first.Zip(second))
        {
            canvas.Line(upper, Stroke());
            canvas.Line(lower, Stroke() with { Color = ActualColor2 });
            canvas.Polygon([.. upper, .. Enumerable.Reverse(lower)], ActualFill, new(OxyColors.Undefined, 0));
        }
    }

    internal override void PaintSymbol(SvgCanvas canvas, Box box) =>
        canvas.Polygon(
            [new(box.Left, box.Top + 0.8 * box.Height), new(box.Right, box.Top + 0.8 * box.Height), new(box.Right, box.Top + 0.2 * box.Height), new(box.Left, box.Top + 0.4 * box.Height)],
            ActualFill,
            new(OxyColors.Undefined, 0));

    private List<DataPoint> Edge() => Points2.Count > 0 ? Points2 : Points.ConvertAll(point => new DataPoint(point.X, point.IsDefined() ? ConstantY2 : double.NaN));
}
