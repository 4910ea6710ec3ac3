using Simulator;
using static TorchSharp.torch;

namespace Tests.Support;

/// <summary>Small links for tests.</summary>
internal static class Links
{
    /// <summary>A unit-power drop of independent Rayleigh channels <c>[B, T, U, S, R, A]</c>.</summary>
    public static ChannelDrop Drop(long seed, long batch, long users, long subcarriers, long receiveAntennas, long antennas, long slots = 1)
    {
        using var scope = NewDisposeScope();
        var channel = Gaussian.Draw(seed, batch, slots, users, subcarriers, receiveAntennas, antennas);
        return ChannelDrop.Normalise(channel, Normalisation.Model).MoveToOuterDisposeScope();
    }

    /// <summary>A link for the drop, with half of the subcarriers as delay rows.</summary>
    public static LinkSimulation For(ChannelDrop drop, int streams) => new(
        new AngularDelayTransform(
            new AntennaArray((int)drop.Channel.shape[^1]), (int)drop.Channel.shape[3], (int)Math.Max(1, drop.Channel.shape[3] / 2)),
        streams);

    /// <summary>The exchange of a base station that knows the channel up to an error.</summary>
    public static FeedbackExchange Believe(ChannelDrop drop, Tensor? error = null)
    {
        using var scope = NewDisposeScope();
        var belief = error is null ? drop.Channel : drop.Channel + error;
        return FeedbackExchange.Perfect(belief.flatten(0, 2)).MoveToOuterDisposeScope();
    }

    /// <summary>The exchange of a base station that was told precoders: rows <c>[B, T, U, S, K, A]</c> and a common rank.</summary>
    public static FeedbackExchange Recommend(Tensor rows, long rank)
    {
        using var scope = NewDisposeScope();
        var reports = rows.flatten(0, 2);
        var ranks = full([reports.shape[0]], rank, dtype: ScalarType.Int64);
        return new FeedbackExchange(new Report(ReportKind.Precoder, reports, ranks), zeros_like(ranks)).MoveToOuterDisposeScope();
    }
}
