namespace OxyPlot.Rendering;

/// <summary>Sizes of text from the widths of Helvetica, which is as good a guess as any about the reader's font.</summary>
internal static class TextMetrics
{
    // The package measures text in points but draws it in pixels. Layouts agree only if the stand-in does the same.
    private const double PointsPerPixel = 0.75;

    private const double LineHeight = 1.117;

    // Thousandths of the font size for the characters from the blank to the tilde.
    private static readonly int[] Widths =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    public static double Width(string? text, TextStyle style) =>
        (text ?? "").Sum(character => WidthOf(character == '\u00A0' ? ' ' : character)) * style.Size * PointsPerPixel / 1000;

    public static double Height(TextStyle style) => LineHeight * style.Size * PointsPerPixel;

    private static int WidthOf(char character) => character - ' ' is >= 0 and < 95 and var index ? Widths[index] : 556;
}
