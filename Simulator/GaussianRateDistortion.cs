namespace Simulator;

/// <summary>The rate-distortion function of independent Gaussian components under squared error: reverse water-filling [Cover2006].</summary>
/// <remarks>
/// D(θ) = Σ min(θ, λ) and R(θ) = Σ n/2 · max(0, log2(λ/θ)), with n = 1 for real components and 2 for circular complex ones.
/// For components that are not Gaussian it is an upper bound of the rate that is needed, not a lower one.
/// </remarks>
public sealed class GaussianRateDistortion
{
    // Components this far below the strongest are rounding errors of an eigenvalue solver.
    private const double Negligible = 1e-13;
    private readonly double[] variances;
    private readonly double perOctave;

    /// <summary>Creates the function.</summary>
    /// <param name="variances">λ, variance of each component; negative ones count as zero.</param>
    /// <param name="areComplex">Whether components are circular complex instead of real.</param>
    public GaussianRateDistortion(IEnumerable<double> variances, bool areComplex)
    {
        ArgumentNullException.ThrowIfNull(variances);
        double[] all = [.. variances.Order()];
        var least = all.Length == 0 ? 0 : Negligible * all[^1];
        this.variances = Array.FindAll(all, variance => variance > least);
        perOctave = areComplex ? 1 : 0.5;
    }

    /// <summary>Sum of the variances: the distortion at rate 0.</summary>
    public double TotalVariance => variances.Sum();

    /// <summary>Rate and distortion at a water level.</summary>
    /// <param name="level">θ, above 0.</param>
    /// <returns>R(θ) [bit] and D(θ).</returns>
    public (double Bits, double Distortion) AtLevel(double level)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(level);
        var (octaves, distortion) = (0.0, 0.0);
        foreach (var variance in variances)
        {
            octaves += variance > level ? Math.Log2(variance / level) : 0;
            distortion += Math.Min(variance, level);
        }
        return (perOctave * octaves, distortion);
    }

    /// <summary>The water level of a rate.</summary>
    /// <param name="bits">R, at least 0 [bit].</param>
    /// <returns>θ; the largest variance at rate 0.</returns>
    public double Level(double bits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bits);
        // With the k strongest components above the water, Σ log2 λ - k·log2 θ = R/(n/2); k is right once the next lies below θ.
        var logarithms = 0.0;
        for (var above = 1; above <= variances.Length; above++)
        {
            logarithms += Math.Log2(variances[^above]);
            var level = Math.Pow(2, (logarithms - bits / perOctave) / above);
            if (above == variances.Length || level >= variances[^(above + 1)])
            {
                return level;
            }
        }
        return 0;
    }

    /// <summary>The least mean squared error at a rate.</summary>
    /// <param name="bits">R, at least 0 [bit].</param>
    /// <returns>D(R).</returns>
    public double Distortion(double bits) => Level(bits) is > 0 and var level ? AtLevel(level).Distortion : 0;
}
