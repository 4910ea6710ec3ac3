namespace OxyPlot;

/// <summary>Colours by name.</summary>
public static class OxyColors
{
    public static readonly OxyColor Undefined = OxyColor.FromArgb(0, 0, 0, 0);
    public static readonly OxyColor Automatic = OxyColor.FromArgb(0, 0, 0, 1);
    public static readonly OxyColor Transparent = OxyColor.FromArgb(0, 255, 255, 255);
    public static readonly OxyColor Black = OxyColor.FromRgb(0, 0, 0);
    public static readonly OxyColor White = OxyColor.FromRgb(255, 255, 255);
    public static readonly OxyColor Red = OxyColor.FromRgb(255, 0, 0);
    public static readonly OxyColor Green = OxyColor.FromRgb(0, 128, 0);
    public static readonly OxyColor Blue = OxyColor.FromRgb(0, 0, 255);
    public static readonly OxyColor Orange = OxyColor.FromRgb(255, 165, 0);
    public static readonly OxyColor Yellow = OxyColor.FromRgb(255, 255, 0);
    public static readonly OxyColor Indigo = OxyColor.FromRgb(75, 0, 130);
    public static readonly OxyColor Violet = OxyColor.FromRgb(238, 130, 238);
}
