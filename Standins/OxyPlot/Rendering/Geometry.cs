namespace OxyPlot.Rendering;

/// <summary>A point of the drawing; y grows downwards.</summary>
internal readonly record struct Pixel(double X, double Y);

/// <summary>A rectangle of the drawing.</summary>
internal readonly record struct Box(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;
    public double Bottom => Top + Height;
    public double Center => Left + Width / 2;
    public double Middle => Top + Height / 2;

    public Box Without(OxyThickness margin) =>
        new(Left + margin.Left, Top + margin.Top, Math.Max(1, Width - margin.Left - margin.Right), Math.Max(1, Height - margin.Top - margin.Bottom));
}

/// <summary>How a line is drawn; dashes are lengths in the drawing, as the package writes them.</summary>
internal readonly record struct Stroke(OxyColor Color, double Width, double[]? Dashes = null, LineJoin Join = LineJoin.Miter, bool Sharp = false);
