using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Joins visibility regions to groups that share one cluster, 1 + Poisson(M) regions in each [COST2100].</summary>
/// <remarks>
/// Of all regions only those that reach a user are known. A region's group has s members, where s - 1 is Poisson(M) plus 1 with probability M/(1 + M)
/// (large groups are met more often); the next known region is one of its other members with probability (s - 1)/N_VR.
/// The cluster lies about the line to a random member, which is mostly one that reaches nobody and then lies anywhere else in the cell.
/// </remarks>
internal sealed class RegionGroups
{
    private readonly Cost2100Scenario scenario;
    private readonly RegionCell cell;
    private readonly CountTable further;

    /// <summary>Tabulates the group sizes.</summary>
    /// <param name="scenario">The parameter column.</param>
    /// <param name="cell">The cell.</param>
    public RegionGroups(Cost2100Scenario scenario, RegionCell cell)
    {
        this.scenario = scenario;
        this.cell = cell;
        further = CountTable.Poisson(scenario.SharedRegions);
    }

    /// <summary>Gives every region its cluster and every cluster its reference region.</summary>
    /// <param name="users">Positions of the users [m], float64 <c>[B, U, 2]</c>.</param>
    /// <param name="centres">Centres of the known regions [m], float64 <c>[B, V, 2]</c>.</param>
    /// <param name="exists">Which slots hold a region, bool <c>[B, V]</c>.</param>
    /// <param name="gains">Gain of each region at each user, float64 <c>[B, U, V]</c>.</param>
    /// <param name="totals">N_VR, number of all regions in the cell, float64 <c>[B]</c>.</param>
    /// <param name="stations">Which base stations each region serves; null if there is only one.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>The regions with their clusters, owned by the caller's dispose scope.</returns>
    public RegionSlots Assign(Tensor users, Tensor centres, Tensor exists, Tensor gains, Tensor totals, ServedStations? stations, RandomSource random)
    {
        using var scope = NewDisposeScope();
        var (batch, most) = (exists.shape[0], exists.shape[1]);
        var chance = random.Uniform(4, batch, most);
        var biased = (chance[0] < scenario.SharedRegions / (1 + scenario.SharedRegions)).to(ScalarType.Float64);
        var others = (further.Draw(chance[1]).to(ScalarType.Float64) + biased) * exists.to(ScalarType.Float64);    // s - 1, [B, V]

        // Region i belongs to the group of the earlier region j into whose share of all regions its ticket falls.
        var ends = others.cumsum(1);
        var ticket = chance[2] * totals.unsqueeze(1);
        var joins = exists.logical_and(ticket < ends - others);
        var slots = arange(most, device: exists.device).expand(batch, most);
        var earlier = (ends.unsqueeze(1) <= ticket.unsqueeze(2)).sum(-1).clamp(0, most - 1);                        // [B, V]
        var clusters = where(joins, earlier, slots);
        clusters = clusters.gather(1, clusters);

        // The largest gain of a cluster at a user counts once.
        var shared = gains.gather(2, clusters.unsqueeze(1).expand_as(gains));
        var doubled = joins.unsqueeze(1).logical_and(gains > 0).logical_and(shared > 0);                            // [B, U, V]
        var largest = where(doubled, gains.maximum(shared), gains);
        var replaced = zeros_like(gains).scatter_add(2, clusters.unsqueeze(1).expand_as(gains), doubled.to(ScalarType.Float64));
        largest = where((replaced > 0).logical_and(joins.unsqueeze(1).logical_not()), zeros_like(largest), largest);

        // A uniformly chosen member: the region itself, its known companion, or one that reaches nobody.
        var member = (chance[3] * (others + 1)).floor();
        var companion = zeros_like(slots).scatter_add(1, clusters, where(joins, slots, zeros_like(slots)));         // [B, V]
        var companions = zeros_like(slots).scatter_add(1, clusters, joins.to(ScalarType.Int64));
        var known = centres.gather(1, companion.clamp(0, most - 1).unsqueeze(-1).expand_as(centres));
        var elsewhere = Elsewhere(users, most, random);
        Tensor? bases = null;
        if (stations is not null)
        {
            var partner = companions == 1;
            (bases, var chosenMember) = stations.ChooseReferences(others, companion, partner, random);
            member = chosenMember.to(ScalarType.Float64);
        }
        var references = where((member == 0).unsqueeze(-1), centres, elsewhere);
        references = where((member == 1).logical_and(companions == 1).unsqueeze(-1), known, references);
        return new RegionSlots(
            users.alias().MoveToOuterDisposeScope(),
            centres.alias().MoveToOuterDisposeScope(),
            exists.alias().MoveToOuterDisposeScope(),
            largest.MoveToOuterDisposeScope(),
            clusters.MoveToOuterDisposeScope(),
            references.MoveToOuterDisposeScope(),
            bases?.MoveToOuterDisposeScope());
    }

    /// <summary>Points of the cell that are within R_C of no user.</summary>
    private Tensor Elsewhere(Tensor users, long most, RandomSource random)
    {
        using var scope = NewDisposeScope();
        // Enough tries that all of them fail once in 10,000 times.
        var miss = users.shape[1] * Math.Pow(scenario.VisibilityRadius / scenario.CellRadius, 2);
        var tries = Math.Clamp((int)Math.Ceiling(-4 / Math.Log10(miss)), 1, 16);
        var chance = random.Uniform(2, users.shape[0], most, tries);
        var angle = chance[0] * (2 * Math.PI);
        var points = stack([angle.cos(), angle.sin()], -1) * (chance[1].sqrt() * scenario.CellRadius).unsqueeze(-1);    // [B, V, tries, 2]
        if (cell.Centre.Any(coordinate => coordinate != 0))
            points = points + tensor(cell.Centre, device: points.device);
        var distances = (points.unsqueeze(1) - users.unsqueeze(2).unsqueeze(2)).square().sum(-1);                       // [B, U, V, tries]
        var free = (distances >= scenario.VisibilityRadius * scenario.VisibilityRadius).all(1);                         // [B, V, tries]
        var first = free.to(ScalarType.Int64).argmax(-1, keepdim: true);                                                // [B, V, 1]
        return points.gather(2, first.unsqueeze(-1).expand(-1, -1, -1, 2)).squeeze(2).MoveToOuterDisposeScope();
    }
}
