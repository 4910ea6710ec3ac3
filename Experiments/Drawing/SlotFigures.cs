using Experiments.Reporting;
using MathNet.Numerics;
using OxyPlot;

namespace Experiments.Drawing;

/// <summary>Draws how channels change from slot to slot.</summary>
/// <param name="slots">What was measured.</param>
/// <param name="doppler">v/λ of the users [Hz]; null where they have no common speed.</param>
/// <param name="title">What stands above the figures.</param>
internal sealed class SlotFigures(SlotCorrelation slots, double? doppler, string title)
{
    private const int Fineness = 400;
    private const double DeepestDecibels = -40;

    /// <summary>The correlation with the first slot, beside Jakes' J₀(2π·f_D·t) if the Doppler frequency is known.</summary>
    /// <returns>The figure.</returns>
    public PlotModel Correlation()
    {
        var plot = FigureStyle.Plot(title);
        var values = slots.Correlation;
        var line = FigureStyle.Line(0, "this model", values.Count);
        line.MarkerSize = 2.2;
        line.Points.AddRange(values.Select((value, slot) => new DataPoint(slot * slots.SlotDuration * 1e3, value)));
        plot.Series.Add(line);
        var lowest = values.Min();
        if (doppler is { } frequency)
        {
            var theory = FigureStyle.Reference(0, "J₀(2πf_D t)");
            theory.Points.AddRange(Enumerable.Range(0, Fineness + 1)
                .Select(i => i * End / Fineness)
                .Select(time => new DataPoint(time, SpecialFunctions.BesselJ(0, 2 * Math.PI * frequency * time * 1e-3))));
            plot.Series.Add(theory);
            lowest = Math.Min(lowest, theory.Points.Min(point => point.Y));
        }
        ChannelFigures.Axes(plot, "Time since the first slot [ms]", 0, End, "Correlation with the first slot", Math.Floor(10 * lowest - 0.5) / 10, 1.05);
        return plot;
    }

    /// <summary>One coefficient over time.</summary>
    /// <returns>The figure.</returns>
    public PlotModel Magnitude()
    {
        var plot = FigureStyle.Plot($"{title}: one coefficient of one user");
        var line = FigureStyle.Line(0, "|h|", slots.FirstMagnitudes.Count);
        line.MarkerSize = 2.2;
        var decibels = slots.FirstMagnitudes.Select(value => 20 * Math.Log10(Math.Max(value, 1e-9))).ToArray();
        line.Points.AddRange(decibels.Select((value, slot) => new DataPoint(slot * slots.SlotDuration * 1e3, Math.Max(value, decibels.Max() + DeepestDecibels))));
        plot.Series.Add(line);
        ChannelFigures.Axes(plot, "Time since the first slot [ms]", 0, End, "|h| [dB]", Math.Floor(line.Points.Min(point => point.Y)) - 1, Math.Ceiling(decibels.Max()) + 1);
        return plot;
    }

    private double End => (slots.Correlation.Count - 1) * slots.SlotDuration * 1e3;
}
