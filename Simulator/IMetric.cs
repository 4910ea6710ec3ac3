using static TorchSharp.torch;

namespace Simulator;

/// <summary>One figure of merit of a simulated link, a pure function.</summary>
/// <remarks>Averaging over drops, confidence intervals and decibels are the runner's business.</remarks>
public interface IMetric
{
    /// <summary>How the average over drops is written down.</summary>
    MetricScale Scale { get; }

    /// <summary>How the users of a drop are combined.</summary>
    UserCombination Users { get; }

    /// <summary>Evaluates the metric per drop and user, in linear units.</summary>
    /// <param name="outcome">What the link left behind.</param>
    /// <returns>Float64 <c>[B, U]</c>, owned by the caller's dispose scope; NaN where the metric is not defined.</returns>
    Tensor Evaluate(LinkOutcome outcome);
}
