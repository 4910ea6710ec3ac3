using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Visibility regions of a block of environments, slot by slot, before clusters are counted through.</summary>
/// <param name="Users">Positions of the users [m], float64 <c>[B, U, 2]</c>.</param>
/// <param name="Centres">Centres of the regions [m], float64 <c>[B, V, 2]</c>.</param>
/// <param name="Exists">Which slots hold a region, bool <c>[B, V]</c>.</param>
/// <param name="Gains">Gain of each region at each user, float64 <c>[B, U, V]</c>.</param>
/// <param name="Clusters">The slot of each region's cluster, int64 <c>[B, V]</c>.</param>
/// <param name="References">Centre of the reference region of each slot's cluster [m], float64 <c>[B, V, 2]</c>.</param>
/// <param name="Bases">Position of its reference base station [m], float64 <c>[B, V, 2]</c>; null for the origin.</param>
internal sealed record RegionSlots(
    Tensor Users, Tensor Centres, Tensor Exists, Tensor Gains, Tensor Clusters, Tensor References, Tensor? Bases);
