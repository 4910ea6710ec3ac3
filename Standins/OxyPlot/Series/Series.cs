using OxyPlot.Axes;
using OxyPlot.Rendering;

namespace OxyPlot.Series;

/// <summary>Data drawn in a plot.</summary>
public abstract class Series : PlotElement
{
    public string? Title { get; set; }
    public bool IsVisible { get; set; } = true;
    public bool RenderInLegend { get; set; } = true;

    internal abstract void TakeDefaultColor(Func<OxyColor> next);

    internal abstract void Include(Axis x, Axis y);

    internal abstract void Paint(SvgCanvas canvas, Axis x, Axis y);

    internal abstract void PaintSymbol(SvgCanvas canvas, Box box);
}
