using static TorchSharp.torch;

namespace Simulator.Metrics;

/// <summary>Normalised mean square error ‖H - Ĥ‖²/‖H‖² of each drop over all subcarriers of the true H [CsiNet].</summary>
/// <remarks>Not defined for precoder reports, whose phase and norm are unknown, and for a channel that is zero.</remarks>
public sealed class NormalizedMeanSquareError : IMetric
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
            return Undefined(outcome.Channel);
        }
        using var scope = NewDisposeScope();
        var error = outcome.Channel - outcome.Reported;                                       // [B, T, U, S, R, A]
        return (Energy(error) / outcome.OfChannel("energy", Energy)).MoveToOuterDisposeScope();           // [B, U]
    }

    /// <summary>The value of a metric that is not defined for this outcome.</summary>
    /// <param name="channel">H, complex64 <c>[B, T, U, S, R, A]</c>.</param>
    /// <returns>NaN, float64 <c>[B, U]</c>.</returns>
    internal static Tensor Undefined(Tensor channel) =>
        full([channel.shape[0], channel.shape[2]], double.NaN, dtype: ScalarType.Float64, device: channel.device);

    /// <summary>The squared Frobenius norm per drop and user.</summary>
    /// <param name="channel">X, complex64 <c>[B, T, U, S, R, A]</c>.</param>
    /// <returns>‖X‖², float64 <c>[B, U]</c>.</returns>
    internal static Tensor Energy(Tensor channel)
    {
        using var scope = NewDisposeScope();
        return view_as_real(channel).square().sum([1, 3, 4, 5, 6], type: ScalarType.Float64).MoveToOuterDisposeScope();
    }
}
