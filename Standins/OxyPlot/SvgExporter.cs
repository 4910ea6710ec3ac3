using OxyPlot.Rendering;

namespace OxyPlot;

/// <summary>Writes a plot as scalable vector graphics.</summary>
public class SvgExporter
{
    public double Width { get; set; } = 600;
    public double Height { get; set; } = 400;
    public bool IsDocument { get; set; } = true;

    /// <summary>Every text here stands on its baseline, so that no renderer needs the workaround.</summary>
    public bool UseVerticalTextAlignmentWorkaround { get; set; }

    public void Export(IPlotModel model, Stream stream)
    {
        if (model is not PlotModel plot)
        {
            throw new NotSupportedException($"An {nameof(IPlotModel)} other than {nameof(PlotModel)} cannot be drawn here.");
        }

        using var canvas = new SvgCanvas(stream, Width, Height, IsDocument);
        PlotPainter.Paint(plot, canvas, new Box(0, 0, Width, Height));
    }
}
