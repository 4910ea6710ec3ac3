namespace OxyPlot.Rendering;

/// <summary>The shapes at data points, of nearly equal area at equal size.</summary>
internal static class Marker
{
    public static void Paint(SvgCanvas canvas, MarkerType type, Pixel at, double size, OxyColor fill, OxyColor stroke, double thickness)
    {
        var pen = new Stroke(stroke, thickness);
        var (half, tip) = (size * Math.Tan(Math.PI / 6), size / Math.Cos(Math.PI / 6));
        switch (type)
        {
            case MarkerType.Circle:
                canvas.Circle(at, size, fill, pen);
                break;
            case MarkerType.Square:
                canvas.Polygon([new(at.X - size, at.Y - size), new(at.X + size, at.Y - size), new(at.X + size, at.Y + size), new(at.X - size, at.Y + size)], fill, pen);
                break;
            case MarkerType.Diamond:
                canvas.Polygon([new(at.X, at.Y - tip), new(at.X + tip, at.Y), new(at.X, at.Y + tip), new(at.X - tip, at.Y)], fill, pen);
                break;
            case MarkerType.Triangle:
                canvas.Polygon([new(at.X - size, at.Y + half), new(at.X + size, at.Y + half), new(at.X, at.Y - tip)], fill, pen);
                break;
        }

        if (type is MarkerType.Plus or MarkerType.Star)
        {
            canvas.Line([new(at.X - size, at.Y), new(at.X + size, at.Y)], pen);
            canvas.Line([new(at.X, at.Y - size), new(at.X, at.Y + size)], pen);
        }

        if (type is MarkerType.Cross or MarkerType.Star)
        {
            canvas.Line([new(at.X - size, at.Y - size), new(at.X + size, at.Y + size)], pen);
            canvas.Line([new(at.X - size, at.Y + size), new(at.X + size, at.Y - size)], pen);
        }
    }
}
