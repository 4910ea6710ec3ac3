using OxyPlot.Rendering;

namespace OxyPlot.Legends;

/// <summary>The key to the series of a plot.</summary>
public abstract class LegendBase : PlotElement
{
    public bool IsLegendVisible { get; set; } = true;
    public LegendPosition LegendPosition { get; set; } = LegendPosition.RightTop;
    public LegendPlacement LegendPlacement { get; set; } = LegendPlacement.Inside;
    public LegendOrientation LegendOrientation { get; set; } = LegendOrientation.Vertical;
    public string? LegendTitle { get; set; }
    public double LegendTitleFontSize { get; set; } = double.NaN;
    public double LegendTitleFontWeight { get; set; } = FontWeights.Bold;
    public string? LegendFont { get; set; }
    public double LegendFontSize { get; set; } = double.NaN;
    public double LegendFontWeight { get; set; } = FontWeights.Normal;
    public OxyColor LegendTextColor { get; set; } = OxyColors.Automatic;
    public OxyColor LegendBackground { get; set; } = OxyColors.Undefined;
    public OxyColor LegendBorder { get; set; } = OxyColors.Undefined;
    public double LegendBorderThickness { get; set; } = 1;
    public double LegendMargin { get; set; } = 8;
    public double LegendPadding { get; set; } = 8;
    public double LegendSymbolLength { get; set; } = 16;
    public double LegendSymbolMargin { get; set; } = 4;
    public double LegendColumnSpacing { get; set; } = 8;
    public double LegendItemSpacing { get; set; } = 24;
    public double LegendLineSpacing { get; set; }

    internal bool IsOnSide => LegendPosition >= LegendPosition.LeftTop;

    internal abstract (double Width, double Height) Measure(PlotModel plot, Box area);

    internal abstract void Paint(SvgCanvas canvas, PlotModel plot, Box box);
}
