using static TorchSharp.torch;

namespace Simulator;

/// <summary>The link: measure, encode, decode, design, transmit.</summary>
/// <remarks>
/// The steps are public so that a runner can share the early ones among schemes, precoders and SNRs. Only this class maps slots to
/// report instants: every slot of a drop has a report of its own, made of the measurement of that slot.
/// </remarks>
public sealed class LinkSimulation
{
    private readonly AngularDelayTransform transform;
    private readonly int streams;

    /// <summary>Creates a link.</summary>
    /// <param name="transform">The angular-delay domain in which cropped errors are measured.</param>
    /// <param name="streams">K, streams a user, 1 … A.</param>
    public LinkSimulation(AngularDelayTransform transform, int streams)
    {
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentOutOfRangeException.ThrowIfLessThan(streams, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(streams, transform.Array.Ports);
        this.transform = transform;
        this.streams = streams;
    }

    /// <summary>Terminal side: measures the channels of a block.</summary>
    /// <param name="drop">The block of drops.</param>
    /// <param name="estimator">How terminals measure.</param>
    /// <param name="random">The source of measurement noise.</param>
    /// <returns>N = B·T·U measurements, drop slowest, user fastest.</returns>
    public static Measurement Measure(ChannelDrop drop, IChannelEstimator estimator, Generator random)
    {
        ArgumentNullException.ThrowIfNull(drop);
        ArgumentNullException.ThrowIfNull(estimator);
        using var instants = drop.Channel.flatten(0, 2).unsqueeze(1);               // [N, 1, S, R, A]
        return estimator.Measure(instants, random);
    }

    /// <summary>Encodes the measurements, sends the bits and decodes them.</summary>
    /// <param name="measurement">What the terminals measured.</param>
    /// <param name="scheme">The feedback scheme.</param>
    /// <returns>What the base station believes, on the measurement's device, and the bits it took.</returns>
    public static FeedbackExchange Exchange(Measurement measurement, IFeedbackScheme scheme)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        ArgumentNullException.ThrowIfNull(scheme);
        using var scope = NewDisposeScope();
        var messages = scheme.Encode(measurement);
        var report = scheme.Decode(messages);
        var device = measurement.Channel.device;
        var delivered = new Report(report.Kind, report.Rows.to(device), report.Rank.to(device));
        var bits = tensor(messages.Select(message => (long)message.Length).ToArray(), device: device);
        return new FeedbackExchange(delivered, bits).MoveToOuterDisposeScope();
    }

    /// <summary>Base-station side: designs the precoder from the report and transmits over the true channel.</summary>
    /// <param name="drop">The block of drops.</param>
    /// <param name="exchange">What the base station believes.</param>
    /// <param name="precoder">How it turns that into weights.</param>
    /// <param name="noiseVariance">σ² = 1/SNR.</param>
    /// <returns>The outcome, owned by the caller's dispose scope.</returns>
    public LinkOutcome Transmit(ChannelDrop drop, FeedbackExchange exchange, IPrecoder precoder, double noiseVariance)
    {
        ArgumentNullException.ThrowIfNull(drop);
        ArgumentNullException.ThrowIfNull(exchange);
        ArgumentNullException.ThrowIfNull(precoder);
        throw new InvalidOperationException("to be written");
    }
}
