using static TorchSharp.torch;

namespace Simulator;

/// <summary>What a simulated link leaves behind: everything that a metric may look at.</summary>
/// <remarks>Its tensors belong to the dispose scope in which <see cref="LinkSimulation"/> made them.</remarks>
public sealed record LinkOutcome
{
    /// <summary>H at transmission, complex64 <c>[B, T, U, S, R, A]</c>.</summary>
    public required Tensor Channel { get; init; }

    /// <summary>What kind of report the base station had.</summary>
    public required ReportKind Kind { get; init; }

    /// <summary>The report as decoded (Ĥ for <see cref="ReportKind.Channel"/>), complex64 <c>[B, T, U, S, K', A]</c>.</summary>
    public required Tensor Reported { get; init; }

    /// <summary>The rows that the precoder was given, complex64 <c>[B, T, S, U, K, A]</c>.</summary>
    public required Tensor Rows { get; init; }

    /// <summary>Which of them carry a stream, bool <c>[B, T, S, U, K]</c>.</summary>
    public required Tensor Active { get; init; }

    /// <summary>W, complex64 <c>[B, T, S, A, U·K]</c>.</summary>
    public required Tensor Weights { get; init; }

    /// <summary>σ² per receive antenna and subcarrier, linear.</summary>
    public required double NoiseVariance { get; init; }

    /// <summary>Delivered feedback bits of each report, int64 <c>[B, T, U]</c>; 0 for the perfect-CSI reference.</summary>
    public required Tensor Bits { get; init; }

    /// <summary>The angular-delay domain in which cropped errors are measured.</summary>
    public required AngularDelayTransform Transform { get; init; }

    /// <summary>What other outcomes on the same channel have computed from it; null if there are none.</summary>
    public ChannelFeatures? Features { get; init; }

    /// <summary>What depends on the true channel alone, computed once for all outcomes that share <see cref="Features"/>.</summary>
    /// <param name="key">What it is, with all that it depends on besides the channel.</param>
    /// <param name="compute">Computes it from H <c>[B, T, U, S, R, A]</c>, in whatever shape.</param>
    /// <returns>The feature <c>[...]</c> as computed; do not write into it.</returns>
    public Tensor OfChannel(string key, Func<Tensor, Tensor> compute)
    {
        ArgumentNullException.ThrowIfNull(compute);
        return Features is null ? compute(Channel) : Features.Of(key, () => compute(Channel));
    }

    /// <summary>Hands all tensors to the enclosing dispose scope.</summary>
    /// <returns>This outcome.</returns>
    public LinkOutcome MoveToOuterDisposeScope()
    {
        Channel.MoveToOuterDisposeScope();
        Reported.MoveToOuterDisposeScope();
        Rows.MoveToOuterDisposeScope();
        Active.MoveToOuterDisposeScope();
        Weights.MoveToOuterDisposeScope();
        Bits.MoveToOuterDisposeScope();
        return this;
    }
}
