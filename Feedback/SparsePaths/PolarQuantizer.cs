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

    /// <summary>Points on ring i: an even number, so that odd and even ones alternate all around.</summary>
    public static int Points(int ring) => Math.Max(1, 2 * (int)Math.Round(Math.PI * ring));

    /// <summary>The nearest ring of a magnitude in units of the step.</summary>
    public static int Ring(double magnitude) => (int)Math.Min(magnitude + 0.5, Magnitude.Rings(Magnitude.Buckets - 1).Highest);

    /// <summary>What a point stands for, in units of the step.</summary>
    public (double Real, double Imaginary) Value(int ring, double phase)
    {
        if (ring == 0)
            return (0, 0);
        var (sine, cosine) = Math.SinCos(2 * Math.PI * phase / Points(ring));
        var radius = ring < radii.Length ? radii[ring] : ring;
        return (radius * cosine, radius * sine);
    }
}
