using MathNet.Numerics.Interpolation;

namespace Experiments.Comparing;

/// <summary>The mean difference of two curves over the range in which both are known.</summary>
/// <param name="Value">Mean of the second curve less the first.</param>
/// <param name="Low">Where the common range begins.</param>
/// <param name="High">Where it ends.</param>
public readonly record struct MeanDifference(double Value, double Low, double High)
{
    /// <summary>Averages the difference of the piecewise-cubic curves that keep the order of their points (PCHIP) [Fritsch1980].</summary>
    /// <param name="firstAbscissas">Rising, at least 3.</param>
    /// <param name="first">The first curve there.</param>
    /// <param name="secondAbscissas">Rising, at least 3.</param>
    /// <param name="second">The second curve there.</param>
    /// <returns>The mean with its range; null if there is no common range.</returns>
    public static MeanDifference? Between(double[] firstAbscissas, double[] first, double[] secondAbscissas, double[] second)
    {
        ArgumentNullException.ThrowIfNull(firstAbscissas);
        ArgumentNullException.ThrowIfNull(secondAbscissas);
        var low = Math.Max(firstAbscissas[0], secondAbscissas[0]);
        var high = Math.Min(firstAbscissas[^1], secondAbscissas[^1]);
        if (!(high > low))
        {
            return null;
        }
        var areas = CubicSpline.InterpolatePchipSorted(secondAbscissas, second).Integrate(low, high)
            - CubicSpline.InterpolatePchipSorted(firstAbscissas, first).Integrate(low, high);
        return new MeanDifference(areas / (high - low), low, high);
    }
}
