namespace OxyPlot;

/// <summary>Widths of the four sides of a rectangle.</summary>
public struct OxyThickness
{
    public OxyThickness(double thickness)
        : this(thickness, thickness, thickness, thickness)
    {
    }

    public OxyThickness(double left, double top, double right, double bottom) => (Left, Top, Right, Bottom) = (left, top, right, bottom);

    public double Left { get; }
    public double Top { get; }
    public double Right { get; }
    public double Bottom { get; }
}
