namespace OxyPlot;

/// <summary>A point in the units of the axes.</summary>
public struct DataPoint
{
    public static readonly DataPoint Undefined = new(double.NaN, double.NaN);

    public DataPoint(double x, double y) => (X, Y) = (x, y);

    public double X { get; }
    public double Y { get; }

    public bool IsDefined() => !double.IsNaN(X) && !double.IsNaN(Y);
    public bool Equals(DataPoint other) => X.Equals(other.X) && Y.Equals(other.Y);
    public override string ToString() => FormattableString.Invariant($"{X} {Y}");
}
