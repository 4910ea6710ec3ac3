namespace Feedback.Transform;

/// <summary>Uniform quantisers with a dead zone, whole steps 3 dB apart, of values whose root mean square is about 1 [Sullivan1996].</summary>
/// <remarks>Magnitude level q = ⌊|x|/Δ + 1/3⌋: zero below 2Δ/3, every other level Δ wide.</remarks>
internal static class DeadZone
{
    /// <summary>Number of whole steps.</summary>
    public const int Steps = 16;

    /// <summary>What makes the level of a magnitude the nearest one.</summary>
    public const double NearestOffset = 0.5 - Rounding;

    /// <summary>Δ of step 0.</summary>
    public const double Coarsest = 32;

    /// <summary>How far below a whole number of Δ a level begins, in units of Δ.</summary>
    public const double Rounding = 1.0 / 3;

    /// <summary>What a level stands for beyond its number where nothing better is known, in units of Δ.</summary>
    public const double Centroid = 0.1;

    /// <summary>What a bit is worth in squared error where rate is weighed against distortion, in Δ².</summary>
    public const double Price = 0.08;

    private const double Largest = 60_000;

    /// <summary>Δ = 32 · 2^(-i/2).</summary>
    public static double Width(double step) => Coarsest * Math.Pow(2, -0.5 * step);

    /// <summary>The level of a value with its sign; the inverse of Δ is given.</summary>
    public static int Level(double value, double inverse)
    {
        var level = (int)Math.Min(Math.Abs(value) * inverse + Rounding, Largest);
        return value < 0 ? -level : level;
    }

    /// <summary>A reconstruction, in units of Δ, of levels that have none of their own: a little below the middle of the level.</summary>
    public static double Value(int level) => level == 0 ? 0 : level + Centroid;
}
