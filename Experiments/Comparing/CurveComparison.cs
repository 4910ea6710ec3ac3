using System.Globalization;
using Experiments.Reporting;

namespace Experiments.Comparing;

/// <summary>One curve against another at one quality: a row of a table.</summary>
public sealed record CurveComparison
{
    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    /// <summary>Scenario, users, precoder, SNR and estimator, which both curves share.</summary>
    public required FigureGroup Group { get; init; }

    /// <summary>What is compared.</summary>
    public required ComparedQuality Quality { get; init; }

    /// <summary>The label of the curve.</summary>
    public required string Scheme { get; init; }

    /// <summary>What it is compared with: another scheme's label, or the folder of the same scheme.</summary>
    public required string Reference { get; init; }

    /// <summary>The differences.</summary>
    public required BjontegaardDelta Delta { get; init; }

    /// <summary>Number of points of the curve that count.</summary>
    public required int Points { get; init; }

    /// <summary>What a reader has to know: why there is no number, and which points were left out; empty if nothing.</summary>
    public required string Note { get; init; }

    /// <summary>Compares two curves of one group.</summary>
    /// <param name="experiment">The experiment's name.</param>
    /// <param name="quality">What is compared.</param>
    /// <param name="referenceLabel">What the first is called.</param>
    /// <param name="reference">The points of the first.</param>
    /// <param name="points">The points of the second, at least one.</param>
    /// <returns>The second against the first.</returns>
    public static CurveComparison Of(
        string experiment, ComparedQuality quality, string referenceLabel, IReadOnlyList<PointResult> reference, IReadOnlyList<PointResult> points)
    {
        ArgumentNullException.ThrowIfNull(quality);
        ArgumentNullException.ThrowIfNull(points);
        var (first, second) = (Curve(quality, reference), Curve(quality, points));
        var delta = BjontegaardDelta.Between(first, second);
        return new CurveComparison
        {
            Experiment = experiment,
            Group = FigureGroup.Of(points[0]),
            Quality = quality,
            Scheme = points[0].Scheme,
            Reference = referenceLabel,
            Delta = delta,
            Points = second.Count,
            Note = string.Join("; ", Notes(first, second, delta)),
        };
    }

    internal static RateCurve Curve(ComparedQuality quality, IReadOnlyList<PointResult> points) =>
        new(points.Select(point => (point.BitsMean, quality.Value(point))), quality.LessIsBetter);

    private static IEnumerable<string> Notes(RateCurve reference, RateCurve curve, BjontegaardDelta delta)
    {
        if (curve.Count < BjontegaardDelta.FewestPoints)
        {
            yield return Few(curve.Count, "");
        }
        else if (reference.Count < BjontegaardDelta.FewestPoints)
        {
            yield return Few(reference.Count, " of the reference");
        }
        else
        {
            if (delta.RatePercent is null)
            {
                yield return "no common range of quality";
            }
            if (delta.Quality is null)
            {
                yield return "no common range of bits";
            }
        }
        if (curve.Beaten > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{curve.Beaten} left out: another has no more bits and is no worse");
        }
        if (reference.Beaten > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{reference.Beaten} of the reference left out");
        }
    }

    private static string Few(int count, string whose) => string.Create(
        CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "point" : "points")}{whose}, at least {BjontegaardDelta.FewestPoints} are needed");
}
