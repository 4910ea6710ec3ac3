namespace Feedback.SparsePaths;

/// <summary>Complex numbers on rings of radius about iΔ with about 2πi points each, so that all cells have about the area Δ²: unrestricted polar quantisation [Wilson1980].</summary>
internal sealed class PolarQuantizer
{
    /// <summary>Number of rings whose radius is learned; ring 0 is zero.</summary>
    public const int LearnedRings = 8;

    private readonly float[] radii;

    /// <summary>Takes learned radii in units of the step.</summary>
    public PolarQuantizer(float[] radii) => this.radii = radii;

    /// <summary>Radii that nobody has learned.</summary>
    public static float[] PlainRadii => [.. Enumerable.Range(0, LearnedRings).Select(ring => (float)ring)];

    /// <summary>Points on ring i.</summary>
    public static int Points(int ring) => Math.Max(1, (int)Math.Round(2 * Math.PI * ring));

    /// <summary>The nearest ring of a magnitude in units of the step.</summary>
    public static int Ring(double magnitude) => (int)Math.Min(magnitude + 0.5, Magnitude.Rings(Magnitude.Buckets - 1).Highest);

    /// <summary>The nearest point on a ring.</summary>
    public static int Phase(double real, double imaginary, int ring)
    {
        var points = Points(ring);
        return ((int)Math.Round(Math.Atan2(imaginary, real) / (2 * Math.PI) * points) + points) % points;
    }

    /// <summary>What a point stands for, in units of the step.</summary>
    public (double Real, double Imaginary) Value(int ring, int phase)
    {
        if (ring == 0)
            return (0, 0);
        var (sine, cosine) = Math.SinCos(2 * Math.PI * phase / Points(ring));
        var radius = ring < radii.Length ? radii[ring] : ring;
        return (radius * cosine, radius * sine);
    }
}
