using System.Globalization;
using OxyPlot.Axes;
using OxyPlot.Legends;

namespace OxyPlot;

/// <summary>A plot: its axes, what is drawn in them, and how it looks.</summary>
public class PlotModel : IPlotModel
{
    public string? Title { get; set; }
    public string? TitleFont { get; set; }
    public double TitleFontSize { get; set; } = 18;
    public double TitleFontWeight { get; set; } = FontWeights.Bold;
    public OxyColor TitleColor { get; set; } = OxyColors.Automatic;
    public double TitlePadding { get; set; } = 6;
    public string? Subtitle { get; set; }
    public string? SubtitleFont { get; set; }
    public double SubtitleFontSize { get; set; } = 14;
    public double SubtitleFontWeight { get; set; } = FontWeights.Normal;
    public OxyColor SubtitleColor { get; set; } = OxyColors.Automatic;

    public string DefaultFont { get; set; } = "Segoe UI";
    public double DefaultFontSize { get; set; } = 12;
    public OxyColor TextColor { get; set; } = OxyColors.Black;
    public CultureInfo? Culture { get; set; }

    public OxyColor Background { get; set; } = OxyColors.Undefined;
    public OxyColor PlotAreaBackground { get; set; } = OxyColors.Undefined;
    public OxyColor PlotAreaBorderColor { get; set; } = OxyColors.Black;
    public OxyThickness PlotAreaBorderThickness { get; set; } = new(1);
    public OxyThickness PlotMargins { get; set; } = new(double.NaN);
    public OxyThickness Padding { get; set; } = new(8);

    public ElementCollection<Axis> Axes { get; } = new();
    public ElementCollection<Series.Series> Series { get; } = new();
    public ElementCollection<LegendBase> Legends { get; } = new();
    public bool IsLegendVisible { get; set; } = true;

    public IList<OxyColor> DefaultColors { get; set; } =
    [
        OxyColor.FromRgb(0x4E, 0x9A, 0x06), OxyColor.FromRgb(0xC8, 0x8D, 0x00), OxyColor.FromRgb(0xCC, 0x00, 0x00), OxyColor.FromRgb(0x20, 0x4A, 0x87),
        OxyColors.Red, OxyColors.Orange, OxyColors.Yellow, OxyColors.Green, OxyColors.Blue, OxyColors.Indigo, OxyColors.Violet,
    ];
}
