using static TorchSharp.torch;

namespace Simulator.Metrics;

/// <summary>Normalised mean square error ‖G - Ĝ‖²/‖G‖² on the unitary angular-delay crop G, the domain of published figures [CsiNet].</summary>
/// <remarks>It does not see the energy outside of the crop. Not defined for precoder reports.</remarks>
public sealed class CroppedNormalizedMeanSquareError : IMetric
{
    /// <inheritdoc/>
    public MetricScale Scale => MetricScale.Decibels;

    /// <inheritdoc/>
    public UserCombination Users => UserCombination.Mean;

    /// <inheritdoc/>
    public Tensor Evaluate(LinkOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        if (outcome.Kind != ReportKind.Channel)
        {
            return NormalizedMeanSquareError.Undefined(outcome.Channel);
        }
        using var scope = NewDisposeScope();
        var error = outcome.Transform.Crop(outcome.Channel - outcome.Reported);               // [B, T, U, D, R, A]
        var ratio = NormalizedMeanSquareError.Energy(error) / CroppedEnergy.Of(outcome);
        return ratio.MoveToOuterDisposeScope();                                               // [B, U]
    }
}
