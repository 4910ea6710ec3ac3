namespace Feedback.SparsePaths;

/// <summary>Magnitudes in thirds of an octave of the step: the buckets that decide how finely a path is located.</summary>
internal static class Magnitude
{
    /// <summary>Number of buckets; 0 is no path.</summary>
    public const int Buckets = 40;

    private const int Octave = 3;
    private const int FinestResolution = 10;

    /// <summary>The bucket of a magnitude in units of the step, at least 1.</summary>
    public static int Bucket(double magnitude) => magnitude <= 1 ? 1 : Math.Min(1 + (int)Math.Round(Octave * Math.Log2(magnitude)), Buckets - 1);

    /// <summary>The rings whose radius lies in a bucket; the first beyond it where there is none.</summary>
    public static (int Lowest, int Highest) Rings(int bucket)
    {
        var lowest = Math.Max(1, (int)Math.Ceiling(Math.Pow(2, (bucket - 1.5) / Octave)));
        return (lowest, Math.Max(lowest, (int)Math.Floor(Math.Pow(2, (bucket - 0.5) / Octave))));
    }

    /// <summary>r, cells of delay and direction being 2^-r bins wide.</summary>
    /// <remarks>
    /// A path of magnitude m that lies δ bins off errs by π²/3·m²δ²/12 on average over a cell, a coefficient by Δ²/12 in each real part; both are the same at
    /// δ = 0.55·Δ/m.
    /// </remarks>
    public static int Resolution(int bucket) => Math.Clamp((int)Math.Round((bucket - 1.0) / Octave + 0.86), 0, FinestResolution);
}
