using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>The visibility regions of a block of environments that are known one by one, before clusters are given to them.</summary>
/// <param name="Centres">Centres [m], float64 <c>[B, V, 2]</c>.</param>
/// <param name="Exists">Which slots hold a region, bool <c>[B, V]</c>.</param>
/// <param name="Gains">Gain of each at each user, float64 <c>[B, U, V]</c>.</param>
/// <param name="Serves">Which base stations each serves, bool <c>[B, V, N_BS]</c>; null if there is only one.</param>
/// <param name="Elements">Gain of each region's cluster at each element of a very large array, float64 <c>[B, N, V]</c>; null if all see alike.</param>
internal sealed record KnownRegions(Tensor Centres, Tensor Exists, Tensor Gains, Tensor? Serves, Tensor? Elements)
{
    /// <summary>Those that reach a user somewhere on his way.</summary>
    /// <param name="routes">The users' ways.</param>
    /// <param name="radius">R_C [m].</param>
    /// <returns>The regions, in as many slots as the environment with the most of them needs.</returns>
    public KnownRegions OnTheWayOf(Routes routes, double radius)
    {
        var slots = Exists.shape[1];
        var met = Exists.logical_and((routes.DistancesTo(Centres) < radius).any(1));                // [B, V]
        var most = Math.Max(1, met.sum(1).max().item<long>());
        var kept = (arange(slots, device: met.device) + met.logical_not().to(ScalarType.Int64) * slots).argsort(1).narrow(1, 0, most);
        Tensor Rows(Tensor values) => values.gather(1, kept.unsqueeze(-1).expand(-1, -1, values.shape[2]));
        Tensor Columns(Tensor values) => values.gather(2, kept.unsqueeze(1).expand(-1, values.shape[1], -1));
        return new KnownRegions(
            Rows(Centres), met.gather(1, kept), Columns(Gains), Serves is null ? null : Rows(Serves), Elements is null ? null : Columns(Elements));
    }
}
