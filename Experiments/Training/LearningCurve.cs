using Experiments.Reporting;
using Feedback.Neural.Training;
using OxyPlot;
using OxyPlot.Axes;

namespace Experiments.Training;

/// <summary>The figure of a training: loss and validation against steps.</summary>
internal static class LearningCurve
{
    public static void Draw(string name, IReadOnlyList<TrainingPoint> curve, Stream destination)
    {
        var plot = FigureStyle.Plot(name);
        var (steps, error) = (new LinearAxis(), new LinearAxis());
        FigureStyle.Dress(steps, AxisPosition.Bottom, "Training steps");
        FigureStyle.Dress(error, AxisPosition.Left, "10 log10 of loss and error [dB]");
        plot.Axes.Add(steps);
        plot.Axes.Add(error);
        Add(plot, 0, "validation NMSE", curve.Select(point => (point.Step, point.Nmse)));
        Add(plot, 1, "training loss", curve.Select(point => (point.Step, point.Loss)));
        if (curve.Any(point => point.Objective != point.Nmse))
            Add(plot, 2, "validation loss", curve.Select(point => (point.Step, point.Objective)));
        new SvgExporter { Width = 860, Height = 400 }.Export(plot, destination);
    }

    private static void Add(PlotModel plot, int number, string title, IEnumerable<(int Step, double Value)> points)
    {
        var found = points.Where(point => point.Value > 0).ToList();
        var line = FigureStyle.Line(number, title, Math.Max(2, found.Count));
        line.MarkerType = MarkerType.None;
        line.Points.AddRange(found.Select(point => new DataPoint(point.Step, 10 * Math.Log10(point.Value))));
        plot.Series.Add(line);
    }
}
