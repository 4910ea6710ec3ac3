using Experiments.Reporting;
using Experiments.Running;
using OxyPlot;
using OxyPlot.Axes;

namespace Experiments.Drawing;

/// <summary>Draws what describes a channel: distributions of delay and azimuth spread, the power-delay profile, and a drop.</summary>
/// <param name="statistics">The drops measured.</param>
/// <param name="title">What stands above the figures.</param>
/// <param name="reference">Figures of another program, drawn beside ours.</param>
internal sealed class ChannelFigures(DropStatistics statistics, string title, DropColumns? reference)
{
    private const int ShownRows = 64;
    private const double Floor = -50;

    // Height of the largest coefficient of a drop, in delay rows.
    private const double PeakRows = 10;

    /// <summary>Writes the figures that there is something to see in.</summary>
    /// <param name="folder">The folder; made if missing.</param>
    /// <returns>The files written.</returns>
    public IReadOnlyList<string> Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var written = new List<string>();
        void Save(string name, string label, PlotModel plot)
        {
            var path = Path.Combine(folder, name + ".svg");
            AtomicFile.Write(path, stream => FigureSvg.Write(FigureSvg.Draw(plot, name, $"{label}: {title}"), stream));
            written.Add(path);
        }
        if (statistics.Columns.Has("ds_ns"))
        {
            Save("delay-spread", "Distribution of the delay spread", Distribution("rms delay spread [ns]", "ds_ns"));
            Save("azimuth-spread", "Distribution of the azimuth spread", Distribution("Azimuth spread [°]", "asd_BS_deg", "asa_MS_deg"));
        }
        Save("power-delay-profile", "Mean power-delay profile", DelayProfiles());
        Save("angular-delay", "One drop in the angular-delay domain", AngularDelay());
        if (statistics.Slots is { } slots)
        {
            var moving = new SlotFigures(slots, statistics.DopplerFrequency, title);
            Save("slot-correlation", "Correlation with the first slot", moving.Correlation());
            Save("slot-magnitude", "One coefficient over time", moving.Magnitude());
        }
        return written;
    }

    private PlotModel Distribution(string quantity, params string[] columns)
    {
        var plot = FigureStyle.Plot(title);
        var most = 0.0;
        for (var i = 0; i < columns.Length; i++)
        {
            var end = columns.Length == 1 ? "" : columns[i].Contains("BS", StringComparison.Ordinal) ? ", base station" : ", user";
            var ours = statistics.Columns[columns[i]];
            most = Math.Max(most, ours.Max());
            var line = FigureStyle.Line(i, "this model" + end, ours.Count);
            line.MarkerType = MarkerType.None;
            line.Points.AddRange(Steps(ours));
            plot.Series.Add(line);
            if (reference is null || !reference.Has(columns[i]))
                continue;
            var other = FigureStyle.Limit("reference" + end);
            other.Color = line.Color;
            other.Points.AddRange(Steps(reference[columns[i]]));
            most = Math.Max(most, reference[columns[i]].Max());
            plot.Series.Add(other);
        }
        Axes(plot, quantity, 0, 1.02 * most, "Share of users below", 0, 1);
        return plot;
    }

    private PlotModel DelayProfiles()
    {
        var plot = FigureStyle.Plot(title);
        var end = 0.0;
        for (var i = 0; i < statistics.Profiles.Count; i++)
        {
            var profile = statistics.Profiles[i];
            var shares = profile.Shares;
            var rows = Math.Min(ShownRows, shares.Count);
            var line = FigureStyle.Line(i, profile.Timing, rows);
            line.MarkerSize = 2.2;
            line.Points.AddRange(Enumerable.Range(0, rows)
                .Select(row => new DataPoint(row * profile.RowDuration * 1e6, 10 * Math.Log10(Math.Max(1e-12, shares[row]))))
                .TakeWhile(point => point.Y >= Floor));
            end = rows * profile.RowDuration * 1e6;
            plot.Series.Add(line);
        }
        Axes(plot, "Delay [µs]", 0, end, "Share of the energy in a delay row [dB]", Floor, 0);
        return plot;
    }

    /// <summary>The first drop as a range of mountains: a line a delay row, its height |G| over the angular bins.</summary>
    private PlotModel AngularDelay()
    {
        var crop = statistics.FirstCrop;
        var plot = FigureStyle.Plot($"{title}: |G| of one drop, delays {statistics.Profiles[0].Timing}");
        var unit = PeakRows / crop.Max(row => row.Max());
        for (var delay = crop.Count - 1; delay >= 0; delay--)
        {
            var ridge = FigureStyle.Ridge();
            ridge.Points.AddRange(crop[delay].Select((value, angle) => new DataPoint(angle, delay + unit * value)));
            ridge.Points2.AddRange(crop[delay].Select((_, angle) => new DataPoint(angle, delay)));
            plot.Series.Add(ridge);
        }
        Axes(plot, "Angular bin", 0, crop[0].Length - 1, "Delay row", -0.5, crop.Select((row, delay) => delay + unit * row.Max()).Max() + 1);
        return plot;
    }

    /// <summary>Gives a figure its axes and room for its legend.</summary>
    internal static void Axes(PlotModel plot, string across, double left, double right, string upwards, double bottom, double top)
    {
        var horizontal = new LinearAxis { Minimum = left, Maximum = right, IntervalLength = 80 };
        var vertical = new LinearAxis { Minimum = bottom, Maximum = top, IntervalLength = 50 };
        FigureStyle.Dress(horizontal, AxisPosition.Bottom, across);
        FigureStyle.Dress(vertical, AxisPosition.Left, upwards);
        plot.Axes.Add(horizontal);
        plot.Axes.Add(vertical);
        plot.Series.Add(FigureStyle.Spacer(plot.Series.Select(series => series.Title)));
    }

    /// <summary>The empirical distribution, thinned to what can be seen.</summary>
    private static IEnumerable<DataPoint> Steps(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToArray();
        var shown = Math.Min(200, sorted.Length);
        return Enumerable.Range(0, shown)
            .Select(i => shown > 1 ? (int)((long)i * (sorted.Length - 1) / (shown - 1)) : 0)
            .Select(i => new DataPoint(sorted[i], (i + 0.5) / sorted.Length));
    }
}
