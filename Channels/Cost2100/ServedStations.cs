using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Which base stations the known regions of a block of environments serve.</summary>
/// <param name="Table">How regions are shared among base stations.</param>
/// <param name="Positions">Positions of the base stations [m], float64 <c>[N_BS, 2]</c>.</param>
/// <param name="Serves">Bool <c>[B, V, N_BS]</c>.</param>
internal sealed record ServedStations(BaseStationTable Table, Tensor Positions, Tensor Serves)
{
    /// <summary>Chooses the reference of every slot's cluster.</summary>
    /// <param name="others">Number of further members of its group, float64 <c>[B, V]</c>; null for none.</param>
    /// <param name="companion">The slot of the member that is known too, int64 <c>[B, V]</c>.</param>
    /// <param name="partner">Whether there is one, bool <c>[B, V]</c>.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>Position of the reference base station [m] <c>[B, V, 2]</c> and the member of the group that is its reference region, int64 <c>[B, V]</c>: itself, the partner, others.</returns>
    public (Tensor Bases, Tensor Member) ChooseReferences(Tensor? others, Tensor? companion, Tensor? partner, RandomSource random)
    {
        using var scope = NewDisposeScope();
        var (batch, slots) = (Serves.shape[0], Serves.shape[1]);
        var members = others is null ? 1 : 1 + (long)others.max().item<double>();
        var serves = Serves.unsqueeze(2);                                                           // [B, V, 1, N_BS]
        if (members > 1)
        {
            var unknown = Table.Draw(random, batch, slots, members - 1);
            var known = Serves.gather(1, companion!.clamp(0, slots - 1).unsqueeze(-1).expand_as(Serves));
            var second = where(partner!.unsqueeze(-1), known, unknown.select(2, 0)).unsqueeze(2);
            serves = cat([serves, second, unknown.narrow(2, 1, members - 2)], 2);                   // [B, V, M, N_BS]
        }
        var index = arange(members, device: Serves.device);
        var exists = others is null ? ones_like(Serves.select(2, 0)).unsqueeze(2) : index <= others.unsqueeze(-1);
        var (chosen, member) = ReferenceChoice.Draw(serves, exists, random);
        var bases = Positions.index_select(0, chosen.flatten()).reshape(batch, slots, 2);
        return (bases.MoveToOuterDisposeScope(), member.MoveToOuterDisposeScope());
    }
}
