using MathNet.Numerics.Distributions;

namespace Experiments.Running;

/// <summary>Mean and 95 % confidence interval of independent values, in float64 and in the order in which they come (Welford's recurrence).</summary>
public sealed class RunningMean
{
    private double sumOfSquares;

    /// <summary>Number of values; NaN is not counted.</summary>
    public int Count { get; private set; }

    /// <summary>Their mean; NaN without values.</summary>
    public double Mean { get; private set; } = double.NaN;

    /// <summary>Half the width of the 95 % interval by Student's t; NaN with fewer than two values.</summary>
    public double HalfWidth => Count < 2
        ? double.NaN
        : StudentT.InvCDF(0, 1, Count - 1, 0.975) * Math.Sqrt(sumOfSquares / (Count - 1) / Count);

    /// <summary>Adds a value.</summary>
    /// <param name="value">The value; NaN is left out.</param>
    public void Add(double value)
    {
        if (double.IsNaN(value))
        {
            return;
        }
        Count++;
        var before = Count == 1 ? 0 : Mean;
        var delta = value - before;
        Mean = before + delta / Count;
        sumOfSquares += delta * (value - Mean);
    }
}
