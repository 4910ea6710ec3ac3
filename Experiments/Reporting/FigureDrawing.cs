using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Experiments.Reporting;

/// <summary>Turns the points of a group into the plot of one quantity.</summary>
internal sealed class FigureDrawing(FigureQuantity quantity, FigureGroup group)
{
    private const string PerfectLabel = "perfect CSI";

    // A lone point this many times beyond the longest report of all curves would squeeze them into a corner.
    private const double Beyond = 16;

    public PlotModel Draw(ExperimentReport report)
    {
        // Colours and markers follow the whole report, so that a scheme looks the same in all its figures.
        var schemes = report.Points.Select(point => point.Scheme).Distinct().ToList();
        var points = report.Points.Where(point => FigureGroup.Of(point) == group && quantity.Shows(point)).ToList();
        var limit = points.Select(quantity.Limit).FirstOrDefault(double.IsFinite, double.NaN);
        var plot = FigureStyle.Plot(group.ToString());
        var curves = points.GroupBy(point => point.Scheme, (name, own) => (Number: schemes.IndexOf(name), Points: own.OrderBy(point => point.BitsMean).ToList())).ToList();
        var longest = curves.Where(curve => curve.Points.Count > 1).Select(curve => curve.Points[^1].BitsMean).DefaultIfEmpty(double.PositiveInfinity).Max();
        var shown = curves.FindAll(curve => !IsBelow(curve.Points) && curve.Points[0].BitsMean <= Beyond * longest);
        var seen = shown.Count > 0 ? shown : curves;
        var bits = BitAxis([.. seen.SelectMany(curve => curve.Points)]);
        plot.Axes.Add(bits);
        var values = ValueAxis([.. seen.SelectMany(curve => curve.Points)], limit);
        plot.Axes.Add(values);
        curves.ForEach(curve => plot.Series.Add(Interval(curve.Number, curve.Points)));
        curves.ForEach(curve => plot.Series.Add(Line(curve.Number, curve.Points, longest)));
        if (!double.IsNaN(limit))
        {
            var line = FigureStyle.Limit(PerfectLabel);
            line.Points.AddRange([new(bits.Minimum, limit), new(bits.Maximum, limit)]);
            plot.Series.Add(line);
        }
        foreach (var (number, line) in report.ReferenceLines.Where(line => quantity.HasReferenceLines && line.Scenario == group.Scenario).Index())
        {
            var series = FigureStyle.Reference(number, line.Legend);
            series.Points.AddRange(line.Points
                .Where(point => point.Bits >= bits.Minimum && point.Bits <= bits.Maximum && point.NmseCropDecibels >= values.Minimum && point.NmseCropDecibels <= values.Maximum)
                .Select(point => new DataPoint(point.Bits, point.NmseCropDecibels)));
            plot.Series.Add(series);
        }
        plot.Series.Add(FigureStyle.Spacer(plot.Series.Select(series => series.Title)));
        return plot;
    }

    private LineSeries Line(int number, List<PointResult> points, double longest)
    {
        var title = points[0].Scheme;
        if (IsBelow(points))
        {
            title += string.Create(CultureInfo.InvariantCulture, $" (below −{-quantity.Floor} dB)");
        }
        else if (points[0].BitsMean > Beyond * longest)
        {
            title += string.Create(CultureInfo.InvariantCulture, $" ({points[0].BitsMean / 1000:N0} kbit)");
        }
        var line = FigureStyle.Line(number, title, points.Count);
        line.Points.AddRange(points.Select(point => new DataPoint(point.BitsMean, quantity.Value(point).Value)));
        return line;
    }

    private bool IsBelow(List<PointResult> points) => points.TrueForAll(point => quantity.Value(point).Value < quantity.Floor);

    /// <summary>The confidence intervals: a band along a line, a bar at a point that stands alone.</summary>
    private LineSeries Interval(int number, List<PointResult> points)
    {
        var bounded = points.FindAll(point => quantity.Value(point).HasInterval);
        var upper = bounded.Select(point => new DataPoint(point.BitsMean, quantity.Value(point).High));
        var lower = bounded.Select(point => new DataPoint(point.BitsMean, quantity.Value(point).Low));
        if (points.Count == 1)
        {
            var bar = FigureStyle.Bar(number);
            bar.Points.AddRange(upper.Concat(lower));
            return bar;
        }
        var band = FigureStyle.Band(number);
        band.Points.AddRange(upper);
        band.Points2.AddRange(lower);
        return band;
    }

    private static Axis BitAxis(List<PointResult> points)
    {
        var (low, high) = (points.Min(point => point.BitsMean), points.Max(point => point.BitsMean));
        var octaves = Math.Log2(high / low);
        Axis axis;
        if (low > 0 && high > 10 * low)
        {
            // A label an octave, every second octave where labels would touch.
            axis = new LogarithmicAxis
            {
                Base = 2,
                Minimum = low * Math.Pow(2, -0.06 * octaves),
                Maximum = high * Math.Pow(2, 0.06 * octaves),
                IntervalLength = FigureStyle.AxisLength / (1.12 * octaves) / (octaves > 9 ? 0.6 : 1.2),
            };
        }
        else
        {
            var margin = high > low ? 0.06 * (high - low) : Math.Max(1, 0.25 * high);
            axis = new LinearAxis { Minimum = Math.Max(0, low - margin), Maximum = high + margin, IntervalLength = 80 };
        }
        FigureStyle.Dress(axis, AxisPosition.Bottom, "Feedback per report [bit]");
        return axis;
    }

    private LinearAxis ValueAxis(List<PointResult> points, double limit)
    {
        var values = points.Select(quantity.Value).SelectMany(estimate => new[] { estimate.Low, estimate.Value, estimate.High })
            .Append(limit).Where(double.IsFinite).ToList();
        var low = Math.Max(quantity.Floor, values.Min());
        var high = Math.Max(low, values.Max());
        var margin = high > low ? 0.07 * (high - low) : Math.Max(0.5, 0.1 * Math.Abs(high));
        var axis = new LinearAxis { Minimum = low - margin, Maximum = high + margin, IntervalLength = 50 };
        FigureStyle.Dress(axis, AxisPosition.Left, quantity.AxisTitle(group.Users));
        return axis;
    }
}
