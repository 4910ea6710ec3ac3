using Simulator;

namespace Experiments.Planning;

/// <summary>One numbered point of an experiment: a row of <c>results.csv</c>.</summary>
public sealed record PlannedPoint
{
    /// <summary>The point's number within its experiment, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Which channels.</summary>
    public required ChannelGroup Group { get; init; }

    /// <summary>Which feedback.</summary>
    public required SchemeSetting Scheme { get; init; }

    /// <summary>The estimator as written in results, e.g. <c>perfect</c> or <c>noisy 10 dB</c>.</summary>
    public required string EstimatorName { get; init; }

    /// <summary>Builds the estimator.</summary>
    public required Func<IChannelEstimator> Estimator { get; init; }

    /// <summary>The precoder's catalogue name.</summary>
    public required string PrecoderName { get; init; }

    /// <summary>The precoder.</summary>
    public required IPrecoder Precoder { get; init; }

    /// <summary>K, streams a user.</summary>
    public required int Streams { get; init; }

    /// <summary>SNR before array gain [dB].</summary>
    public required double SnrDecibels { get; init; }

    /// <summary>T, report period [s], for net SE.</summary>
    public required double ReportPeriod { get; init; }

    /// <summary>η, uplink spectral efficiency [bit/s/Hz] at which feedback is charged, for net SE.</summary>
    public required double UplinkEfficiency { get; init; }

    /// <summary>All that decides this point's numbers as one line of JSON with sorted keys (drops left out).</summary>
    public required string Canonical { get; init; }
}
