namespace OxyPlot;

/// <summary>A colour of four bytes; two otherwise invisible values mean "not set" and "chosen by the plot".</summary>
public struct OxyColor : IEquatable<OxyColor>
{
    private readonly byte a, r, g, b;

    private OxyColor(byte a, byte r, byte g, byte b) => (this.a, this.r, this.g, this.b) = (a, r, g, b);

    public byte A => a;
    public byte R => r;
    public byte G => g;
    public byte B => b;

    public static OxyColor FromArgb(byte a, byte r, byte g, byte b) => new(a, r, g, b);
    public static OxyColor FromRgb(byte r, byte g, byte b) => new(255, r, g, b);
    public static OxyColor FromAColor(byte a, OxyColor color) => new(a, color.r, color.g, color.b);

    public bool IsAutomatic() => Equals(OxyColors.Automatic);
    public bool IsInvisible() => a == 0;
    public bool IsVisible() => a > 0;
    public OxyColor GetActualColor(OxyColor defaultColor) => IsAutomatic() ? defaultColor : this;

    public bool Equals(OxyColor other) => (a, r, g, b) == (other.a, other.r, other.g, other.b);
    public override bool Equals(object? obj) => obj is OxyColor other && Equals(other);
    public override int GetHashCode() => HashCode.Combine(a, r, g, b);
    public override string ToString() => FormattableString.Invariant($"#{a:x2}{r:x2}{g:x2}{b:x2}");
}
