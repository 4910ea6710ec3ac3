namespace OxyPlot.Rendering;

internal static class LineStyles
{
    /// <summary>Lengths of dashes and gaps; null for a line without gaps.</summary>
    public static double[]? Dashes(this LineStyle style) => style switch
    {
        LineStyle.Dash => [4, 1],
        LineStyle.Dot => [1, 1],
        LineStyle.DashDot => [4, 1, 1, 1],
        LineStyle.DashDashDot => [4, 1, 4, 1, 1, 1],
        LineStyle.DashDotDot => [4, 1, 1, 1, 1, 1],
        LineStyle.DashDashDotDot => [4, 1, 4, 1, 1, 1, 1, 1],
        LineStyle.LongDash => [10, 1],
        LineStyle.LongDashDot => [10, 1, 1, 1],
        LineStyle.LongDashDotDot => [10, 1, 1, 1, 1, 1],
        _ => null,
    };
}
