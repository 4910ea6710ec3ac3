using static TorchSharp.torch;

namespace Simulator.Metrics;

/// <summary>Energy ‖G‖² of the unitary angular-delay crop of the true channel: what errors are weighed with where they are not divided drop by drop.</summary>
public sealed class CroppedEnergy : IMetric
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
        return Of(outcome).alias().MoveToOuterDisposeScope();                                 // [B, U]
    }

    /// <summary>The energy of the crop.</summary>
    /// <param name="outcome">The link.</param>
    /// <returns>‖G‖², float64 <c>[B, U]</c>; shared.</returns>
    internal static Tensor Of(LinkOutcome outcome) => outcome.OfChannel(
        FormattableString.Invariant($"energy of {outcome.Transform.Delays} delays"),
        channel => NormalizedMeanSquareError.Energy(outcome.Transform.Crop(channel)));
}
