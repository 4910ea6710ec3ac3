namespace Experiments.Comparing;

/// <summary>How many more bits a curve takes than another at equal quality, and how much quality it gains at equal bits [Bjontegaard2001].</summary>
/// <remarks>
/// Both are averages over the common range of piecewise-cubic curves: of the difference of log bits as a function of quality, written in
/// percent, and of the difference of quality as a function of log bits.
/// </remarks>
public sealed record BjontegaardDelta
{
    /// <summary>Points that a curve needs at least.</summary>
    public const int FewestPoints = 3;

    /// <summary>More bits than the reference at equal quality [%] and the range of qualities; null if there is none.</summary>
    public MeanDifference? RatePercent { get; init; }

    /// <summary>More quality than the reference at equal bits, in the quality's unit, and the range of bits; null if there is none.</summary>
    public MeanDifference? Quality { get; init; }

    /// <summary>Compares two curves.</summary>
    /// <param name="reference">What is compared with.</param>
    /// <param name="curve">What is compared; the same quality.</param>
    /// <returns>The differences; both are null if a curve has fewer than <see cref="FewestPoints"/> points.</returns>
    public static BjontegaardDelta Between(RateCurve reference, RateCurve curve)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(curve);
        if (reference.Count < FewestPoints || curve.Count < FewestPoints)
        {
            return new BjontegaardDelta();
        }
        var rate = MeanDifference.Between(reference.Goodness, reference.LogBits, curve.Goodness, curve.LogBits);
        var quality = MeanDifference.Between(reference.LogBits, reference.Goodness, curve.LogBits, curve.Goodness);
        return new BjontegaardDelta
        {
            RatePercent = rate is { } found ? InQuality(100 * (Math.Exp(found.Value) - 1), found, curve.LessIsBetter) : null,
            Quality = quality is { } gain
                ? new MeanDifference(
                    curve.LessIsBetter ? -gain.Value : gain.Value,
                    Math.Max(reference.Bits[0], curve.Bits[0]),
                    Math.Min(reference.Bits[^1], curve.Bits[^1]))
                : null,
        };
    }

    private static MeanDifference InQuality(double value, MeanDifference found, bool lessIsBetter) =>
        lessIsBetter ? new(value, -found.High, -found.Low) : new(value, found.Low, found.High);
}
