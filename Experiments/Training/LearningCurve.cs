using Experiments.Reporting;
using OxyPlot;
using OxyPlot.Axes;

namespace Experiments.Training;

/// <summary>The figure of a training: validation error against steps.</summary>
internal static class LearningCurve
{
    public static void Draw(string name, IReadOnlyList<(int Step, double Loss, double Nmse)> curve, Stream destination)
    {
        var plot = FigureStyle.Plot(name);
        var (steps, error) = (new LinearAxis(), new LinearAxis());
        FigureStyle.Dress(steps, AxisPosition.Bottom, "Training steps");
        FigureStyle.Dress(error, AxisPosition.Left, "Validation NMSE on the crop [dB]");
        plot.Axes.Add(steps);
        plot.Axes.Add(error);
        var line = FigureStyle.Line(0, null, curve.Count);
        line.MarkerType = MarkerType.None;
        line.Points.AddRange(curve.Select(point => new DataPoint(point.Step, 10 * Math.Log10(point.Nmse))));
        plot.Series.Add(line);
        new SvgExporter { Width = 640, Height = 400 }.Export(plot, destination);
    }
}
