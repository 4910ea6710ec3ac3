namespace OxyPlot;

/// <summary>A point in the units of the axes.</summary>
public struct DataPoint
{
    public DataPoint(double x, double y) => (X, Y) = (x, y);

    public double X { get; }
    public double Y { get; }

    public bool IsDefined() => !double.IsNaN(X) && !double.IsNaN(Y);
    public override string ToString() => FormattableString.Invariant($"{X} {Y}");
}
