namespace Feedback.Transform;

/// <summary>Uniform quantisers with a dead zone, in steps 3 dB apart, of values whose root mean square is about 1 [Sullivan1996].</summary>
/// <remarks>Magnitude level q = ⌊|x|/Δ + 1/3⌋: zero below 2Δ/3, every other level Δ wide.</remarks>
internal static class DeadZone
{
    /// <summary>Number of steps.</summary>
    public const int Steps = 16;

    private const double Coarsest = 32;
    private const double Rounding = 1.0 / 3;
    private const double Centroid = 0.1;

    /// <summary>Δ = 32 · 2^(-i/2).</summary>
    public static double Width(int step) => Coarsest * Math.Pow(2, -0.5 * step);

    /// <summary>The level of a magnitude.</summary>
    public static int Level(double magnitude, double width) => (int)Math.Min(magnitude / width + Rounding, 60_000);

    /// <summary>A reconstruction of levels that have none of their own: a little below the middle of the level.</summary>
    public static double Value(int level, double width) => level == 0 ? 0 : (level + Centroid) * width;
}
