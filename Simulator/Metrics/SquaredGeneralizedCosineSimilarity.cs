using System.Globalization;
using static TorchSharp.torch;

namespace Simulator.Metrics;

/// <summary>Squared generalised cosine similarity |v̂ᴴv|² of the principal eigenvectors of Σ HᴴH over a subband, averaged over subbands [TR38843].</summary>
/// <remarks>
/// For precoder reports v̂ is that of the first reported column. The eigenvectors are never formed: with P the normalised 4096th
/// power of Σ HᴴH, which is vvᴴ unless the two largest eigenvalues agree to a thousandth, |v̂ᴴv|² = tr(P̂P)/(‖P̂‖‖P‖). For a tie
/// this compares the subspaces. A subband in which either side is zero counts as zero.
/// </remarks>
public sealed class SquaredGeneralizedCosineSimilarity : IMetric
{
    private const int MostSubbands = 13;
    private const int EighthPowers = 4;

    private readonly int? subbands;

    /// <summary>Creates the metric.</summary>
    /// <param name="subbands">Number of subbands, a divisor of S; by default the largest divisor of S that is at most 13.</param>
    public SquaredGeneralizedCosineSimilarity(int? subbands = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(subbands ?? 1, 1, nameof(subbands));
        this.subbands = subbands;
    }

    /// <inheritdoc/>
    public MetricScale Scale => MetricScale.Linear;

    /// <inheritdoc/>
    public UserCombination Users => UserCombination.Mean;

    /// <inheritdoc/>
    public Tensor Evaluate(LinkOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        using var scope = NewDisposeScope();
        var bands = SubbandsOf((int)outcome.Channel.shape[3]);
        var believed = outcome.Kind == ReportKind.Channel ? outcome.Reported : outcome.Reported.narrow(-2, 0, 1);
        var truthProjector = outcome.OfChannel(
            FormattableString.Invariant($"projector of {bands} subbands"), channel => PrincipalProjector(channel, bands));   // [B, T, U, bands, A, A]
        var believedProjector = PrincipalProjector(believed, bands);
        var overlap = InnerProduct(truthProjector, believedProjector);                        // [B, T, U, bands]
        var norms = (InnerProduct(truthProjector, truthProjector) * InnerProduct(believedProjector, believedProjector)).sqrt();
        return (overlap / (norms + (norms <= 0))).mean([1, 3]).MoveToOuterDisposeScope();                             // [B, U]
    }

    private int SubbandsOf(int subcarriers)
    {
        var count = subbands ?? Enumerable.Range(1, MostSubbands).Last(divisor => subcarriers % divisor == 0);
        if (subcarriers % count != 0)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"{count} subbands do not divide {subcarriers} subcarriers; the number of subbands must be a divisor of that of the subcarriers."));
        }
        return count;
    }

    private static Tensor PrincipalProjector(Tensor rows, int bands)
    {
        using var scope = NewDisposeScope();
        long[] shape = rows.shape;                                                            // [B, T, U, S, K', A]
        var stacked = rows.reshape(shape[0], shape[1], shape[2], bands, -1, shape[^1]);       // [B, T, U, bands, S/bands·K', A]
        var power = UnitTrace(matmul(stacked.mH, stacked));                                   // [B, T, U, bands, A, A]
        for (var round = 0; round < EighthPowers; round++)
        {
            power = UnitTrace(Squared(Squared(Squared(power))));
        }
        return power.MoveToOuterDisposeScope();
    }

    private static Tensor Squared(Tensor matrix) => matmul(matrix, matrix);

    private static Tensor UnitTrace(Tensor matrix)
    {
        using var scope = NewDisposeScope();
        var trace = matrix.diagonal(0, -2, -1).real.sum(-1).unsqueeze(-1).unsqueeze(-1);      // [..., 1, 1]
        return (matrix / (trace + (trace <= 0))).MoveToOuterDisposeScope();
    }

    private static Tensor InnerProduct(Tensor left, Tensor right) =>
        (view_as_real(left) * view_as_real(right)).sum([-3, -2, -1], type: ScalarType.Float64);
}
