namespace Experiments.Reporting;

/// <summary>A mean over drops with its 95 % confidence interval.</summary>
/// <param name="Value">The mean; NaN if it is not defined.</param>
/// <param name="Low">Lower end of the interval; NaN if there is none.</param>
/// <param name="High">Upper end of the interval; NaN if there is none.</param>
public readonly record struct Estimate(double Value, double Low, double High)
{
    /// <summary>Creates an estimate without an interval.</summary>
    /// <param name="value">The mean.</param>
    public Estimate(double value)
        : this(value, double.NaN, double.NaN)
    {
    }

    /// <summary>The value of a metric that is not defined.</summary>
    public static Estimate Undefined { get; } = new(double.NaN);

    /// <summary>Whether there is a value.</summary>
    public bool IsDefined => !double.IsNaN(Value);

    /// <summary>Whether there is an interval.</summary>
    public bool HasInterval => !double.IsNaN(Low) && !double.IsNaN(High);
}
