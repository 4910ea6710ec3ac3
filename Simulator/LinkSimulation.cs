using System.Globalization;
using Simulator.Precoding;
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
        using var scope = NewDisposeScope();
        var instants = drop.Channel.flatten(0, 2).unsqueeze(1);                     // [N, 1, S, R, A]
        return estimator.Measure(instants, random).MoveToOuterDisposeScope();
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
    /// <param name="features">What metrics have computed from the channels of this block; null where nothing is shared.</param>
    /// <returns>The outcome, owned by the caller's dispose scope.</returns>
    public LinkOutcome Transmit(ChannelDrop drop, FeedbackExchange exchange, IPrecoder precoder, double noiseVariance, ChannelFeatures? features = null)
    {
        ArgumentNullException.ThrowIfNull(drop);
        ArgumentNullException.ThrowIfNull(exchange);
        ArgumentNullException.ThrowIfNull(precoder);
        using var scope = NewDisposeScope();
        var reported = ByUser(exchange.Report.Rows, drop.Channel);                  // [B, T, U, S, K', A]
        var rows = StreamRows(exchange.Report.Kind, reported);                      // [B, T, S, U, K, A]
        var active = ActiveStreams(exchange.Report.Rank, rows);                     // [B, T, S, U, K]
        var weights = precoder.Design(rows, active, noiseVariance);                 // [B, T, S, A, U·K]
        return new LinkOutcome
        {
            Channel = drop.Channel.alias(),
            Kind = exchange.Report.Kind,
            Reported = reported,
            Rows = rows,
            Active = active,
            Weights = weights,
            NoiseVariance = noiseVariance,
            Bits = exchange.Bits.reshape(drop.Channel.shape[..3]),                  // [B, T, U]
            Transform = transform,
            Features = features,
        }.MoveToOuterDisposeScope();
    }

    private static Tensor ByUser(Tensor reported, Tensor channel)
    {
        long[] truth = channel.shape;                                               // [B, T, U, S, R, A]
        long[] belief = reported.shape;                                             // [N, S, K', A]
        if (belief[0] != truth[0] * truth[1] * truth[2] || belief[1] != truth[3] || belief[3] != truth[5])
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The report has rows [{string.Join(", ", belief)}], which do not belong to a channel [{string.Join(", ", truth)}]."));
        }
        return reported.reshape([.. truth[..3], .. belief[1..]]);
    }

    // The terminal's rotation of its antennas is free, so an explicit report is used along its strongest directions.
    private Tensor StreamRows(ReportKind kind, Tensor reported)
    {
        using var scope = NewDisposeScope();
        var rows = kind == ReportKind.Channel ? SingularRows.Of(reported) : reported;
        var missing = streams - rows.shape[^2];
        if (missing > 0)
        {
            long[] padding = [.. rows.shape[..^2], missing, rows.shape[^1]];
            rows = cat([rows, zeros(padding, dtype: rows.dtype, device: rows.device)], -2);
        }
        return rows.narrow(-2, 0, streams).transpose(2, 3).contiguous().MoveToOuterDisposeScope();
    }

    private Tensor ActiveStreams(Tensor rank, Tensor rows)
    {
        using var scope = NewDisposeScope();
        long[] shape = rows.shape;                                                  // [B, T, S, U, K, A]
        var carried = arange(streams, device: rank.device) < rank.unsqueeze(-1);    // [N, K]
        var instants = carried.reshape(shape[0], shape[1], 1, shape[3], streams);
        return instants.expand(shape[..^1]).MoveToOuterDisposeScope();
    }
}
