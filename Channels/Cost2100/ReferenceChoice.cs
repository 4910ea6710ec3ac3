using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Chooses a cluster's reference among several base stations: the one that most regions of the group serve, and a region common to several before others.</summary>
internal static class ReferenceChoice
{
    /// <summary>Chooses.</summary>
    /// <param name="serves">Which base stations each member of a group serves, bool <c>[B, V, M, N_BS]</c>.</param>
    /// <param name="exists">Which members there are, bool <c>[B, V, M]</c>.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>The base station, int64 <c>[B, V]</c>, and the member, int64 <c>[B, V]</c>.</returns>
    public static (Tensor BaseStation, Tensor Member) Draw(Tensor serves, Tensor exists, RandomSource random)
    {
        using var scope = NewDisposeScope();
        var (batch, slots, members, stations) = (serves.shape[0], serves.shape[1], serves.shape[2], serves.shape[3]);
        var held = serves.logical_and(exists.unsqueeze(-1)).to(ScalarType.Float64);
        // Uniform numbers below 1 break ties among whole numbers of regions.
        var chosen = (held.sum(2) + random.Uniform(batch, slots, stations)).argmax(-1);             // [B, V]
        var own = held.gather(3, chosen.unsqueeze(-1).unsqueeze(-1).expand(-1, -1, members, 1)).squeeze(-1);        // [B, V, M]
        var common = own * (held.sum(-1) > 1).to(ScalarType.Float64);
        var member = (own * 2 + common * 2 + random.Uniform(batch, slots, members)).argmax(-1);
        return (chosen.MoveToOuterDisposeScope(), member.MoveToOuterDisposeScope());
    }
}
