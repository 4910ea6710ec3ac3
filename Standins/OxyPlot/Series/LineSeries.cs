using OxyPlot.Axes;
using OxyPlot.Rendering;

namespace OxyPlot.Series;

/// <summary>Data given as points.</summary>
public abstract class DataPointSeries : Series
{
    public List<DataPoint> Points { get; } = [];
}

/// <summary>Points joined by a line; a point that is not a number breaks it.</summary>
public class LineSeries : DataPointSeries
{
    private OxyColor chosen = OxyColors.Black;

    public OxyColor Color { get; set; } = OxyColors.Automatic;
    public double StrokeThickness { get; set; } = 2;
    public LineStyle LineStyle { get; set; } = LineStyle.Automatic;
    public LineJoin LineJoin { get; set; } = LineJoin.Bevel;
    public double[]? Dashes { get; set; }

    public MarkerType MarkerType { get; set; } = MarkerType.None;
    public double MarkerSize { get; set; } = 3;
    public OxyColor MarkerFill { get; set; } = OxyColors.Automatic;
    public OxyColor MarkerStroke { get; set; } = OxyColors.Automatic;
    public double MarkerStrokeThickness { get; set; } = 1;

    public OxyColor ActualColor => Color.GetActualColor(chosen);
    public OxyColor ActualMarkerFill => MarkerFill.GetActualColor(ActualColor);

    internal override void TakeDefaultColor(Func<OxyColor> next)
    {
        if (Color.IsAutomatic())
        {
            chosen = next();
        }
    }

    internal override void Include(Axis x, Axis y) => Include(Points, x, y);

    internal override void Paint(SvgCanvas canvas, Axis x, Axis y)
    {
        foreach (var run in Runs(Points, x, y))
        {
            canvas.Line(run, Stroke());
            run.ForEach(at => PaintMarker(canvas, at));
        }
    }

    internal override void PaintSymbol(SvgCanvas canvas, Box box)
    {
        canvas.Line([new(box.Left, box.Middle), new(box.Right, box.Middle)], Stroke());
        PaintMarker(canvas, new(box.Center, box.Middle));
    }

    internal static void Include(List<DataPoint> points, Axis x, Axis y)
    {
        foreach (var point in points.Where(point => x.IsValidValue(point.X) && y.IsValidValue(point.Y)))
        {
            x.Include(point.X);
            y.Include(point.Y);
        }
    }

    internal static List<List<Pixel>> Runs(List<DataPoint> points, Axis x, Axis y)
    {
        List<List<Pixel>> runs = [[]];
        foreach (var point in points)
        {
            if (x.IsValidValue(point.X) && y.IsValidValue(point.Y))
            {
                runs[^1].Add(new(x.ToScreen(point.X), y.ToScreen(point.Y)));
            }
            else
            {
                runs.Add([]);
            }
        }

        return runs.FindAll(run => run.Count > 0);
    }

    internal Stroke Stroke() => new(LineStyle == LineStyle.None ? OxyColors.Undefined : ActualColor, StrokeThickness, Dashes ?? LineStyle.Dashes(), LineJoin);

    private void PaintMarker(SvgCanvas canvas, Pixel at) =>
        Marker.Paint(canvas, MarkerType, at, MarkerSize, ActualMarkerFill, MarkerStroke.GetActualColor(ActualColor), MarkerStrokeThickness);
}
