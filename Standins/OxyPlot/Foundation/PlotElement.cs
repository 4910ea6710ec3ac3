using System.Collections.ObjectModel;

namespace OxyPlot;

/// <summary>Whatever belongs to a plot and may carry text.</summary>
public abstract class PlotElement
{
    public string? Font { get; set; }
    public double FontSize { get; set; } = double.NaN;
    public double FontWeight { get; set; } = FontWeights.Normal;
    public OxyColor TextColor { get; set; } = OxyColors.Automatic;

    internal TextStyle StyleIn(PlotModel plot) =>
        new(Font ?? plot.DefaultFont, double.IsNaN(FontSize) ? plot.DefaultFontSize : FontSize, FontWeight, TextColor.GetActualColor(plot.TextColor));
}

/// <summary>The elements of one kind in a plot.</summary>
public class ElementCollection<T> : Collection<T>
    where T : PlotElement
{
    internal ElementCollection()
    {
    }
}
