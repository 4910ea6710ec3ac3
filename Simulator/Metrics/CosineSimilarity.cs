using Simulator.Precoding;
using static TorchSharp.torch;

namespace Simulator.Metrics;

/// <summary>Cosine similarity ρ = mean over subcarriers of |ĥᴴh|/(‖ĥ‖‖h‖) [CsiNet].</summary>
/// <remarks>
/// h is the true row of the terminal, ĥ the first row that the base station works with; for R > 1 both are the dominant right
/// singular vectors. Where either is zero the similarity is zero.
/// </remarks>
public sealed class CosineSimilarity : IMetric
{
    /// <inheritdoc/>
    public MetricScale Scale => MetricScale.Linear;

    /// <inheritdoc/>
    public UserCombination Users => UserCombination.Mean;

    /// <inheritdoc/>
    public Tensor Evaluate(LinkOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        using var scope = NewDisposeScope();
        var truth = outcome.OfChannel("dominant rows", channel => SingularRows.Of(channel).select(-2, 0));        // [B, T, U, S, A]
        var believed = outcome.Rows.select(-2, 0).transpose(2, 3);                            // [B, T, U, S, A]
        var product = Power((truth * believed.conj()).sum(-1, keepdim: true));                // [B, T, U, S]
        var norms = outcome.OfChannel("power of dominant rows", _ => Power(truth)) * Power(believed);
        var similarity = (product / (norms + (norms <= 0))).sqrt();
        return similarity.mean([1, 3]).MoveToOuterDisposeScope();                             // [B, U]
    }

    private static Tensor Power(Tensor rows)
    {
        using var scope = NewDisposeScope();
        return view_as_real(rows).square().sum([-2, -1], type: ScalarType.Float64).MoveToOuterDisposeScope();
    }
}
