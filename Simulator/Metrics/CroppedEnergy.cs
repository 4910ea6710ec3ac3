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
        return NormalizedMeanSquareError.Energy(outcome.Transform.Crop(outcome.Channel)).MoveToOuterDisposeScope();   // [B, U]
    }
}
