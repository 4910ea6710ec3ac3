using Experiments.Reporting;

namespace Experiments.Comparing;

/// <summary>The quality of one curve at given bits: a row of a table.</summary>
/// <param name="Experiment">The experiment's name.</param>
/// <param name="Group">Scenario, users, precoder, SNR and estimator.</param>
/// <param name="Quality">What is shown.</param>
/// <param name="Scheme">The label of the curve.</param>
/// <param name="Values">The bits asked for with the quality there, null where the curve does not reach.</param>
/// <param name="Finest">Its point of most bits; null if no point counts.</param>
public sealed record EqualBits(
    string Experiment, FigureGroup Group, ComparedQuality Quality, string Scheme, IReadOnlyList<(double Bits, double? Quality)> Values, (double Bits, double Quality)? Finest)
{
    /// <summary>Reads a curve at bits.</summary>
    /// <param name="experiment">The experiment's name.</param>
    /// <param name="quality">What is shown.</param>
    /// <param name="points">The points of one scheme in one group, at least one.</param>
    /// <param name="bits">Mean bits a report.</param>
    /// <returns>The row.</returns>
    public static EqualBits Of(string experiment, ComparedQuality quality, IReadOnlyList<PointResult> points, IReadOnlyList<double> bits)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(bits);
        var curve = CurveComparison.Curve(quality, points);
        return new(experiment, FigureGroup.Of(points[0]), quality, points[0].Scheme, [.. bits.Select(at => (at, curve.QualityAt(at)))], curve.Finest);
    }
}
