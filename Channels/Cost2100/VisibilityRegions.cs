using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Draws environments and users: which visibility regions reach whom [COST2100].</summary>
/// <remarks>
/// An environment has round(N_C·R²/(R_C - L_C)²) regions a base station, uniform in the cell, of which <see cref="RegionCandidates"/> draws
/// those that reach a user.
/// <para>
/// The code stops with an error where a user is in no region at all (at any base station, at any element of a very large array), so its drops
/// are those in which every user is in one. With several users, the environment and the first user are drawn until he is, and further
/// positions until the others are: each of them then sees what a single user sees.
/// </para>
/// </remarks>
internal sealed class VisibilityRegions
{
    private readonly Cost2100Scenario scenario;
    private readonly UserPlacement placement;
    private readonly BaseStationLayout layout;
    private readonly ArrayRegions? arrayRegions;
    private readonly BaseStationTable? table;
    private readonly RegionCandidates candidates;
    private readonly Func<double, RegionCandidates> candidatesWithin;
    private readonly RegionGroups? groups;
    private readonly int positions;
    private readonly double rejection;
    private readonly bool keepsAll;

    /// <summary>Tabulates the distributions of counts.</summary>
    /// <param name="scenario">The parameter column.</param>
    /// <param name="placement">Where users may be.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="layout">The base stations.</param>
    /// <param name="arrayRegions">Stretches of a very large array; null if all elements see the same clusters.</param>
    /// <param name="keepsAll">Whether users in no region are kept.</param>
    public VisibilityRegions(
        Cost2100Scenario scenario, UserPlacement placement, RegionCell cell, BaseStationLayout layout, ArrayRegions? arrayRegions, bool keepsAll)
    {
        this.scenario = scenario;
        this.placement = placement;
        this.layout = layout;
        this.arrayRegions = arrayRegions;
        this.keepsAll = keepsAll;
        var counts = new RegionCounts(scenario);
        table = layout.Count > 1 ? new BaseStationTable(layout.Count, scenario.BaseStationShares, counts.Each[^1]) : null;
        var reach = Math.Pow(scenario.VisibilityRadius / scenario.CellRadius, 2);
        var users = placement.Users;
        rejection = Math.Min(1, layout.Count * Math.Pow(Math.Max(0, 1 - reach), counts.Each[0]));
        if (arrayRegions is not null)
            rejection = Math.Min(0.9, rejection + arrayRegions.Gap(counts.Each[0] * reach));
        positions = placement.IsFixed || keepsAll || users == 1 || users * rejection < 1e-9 ? users : users + 4 + users / 2;
        candidatesWithin = reach => new RegionCandidates(scenario, cell, counts, positions, table is null ? 1 : table.Total / (double)counts.Each[^1], reach);
        candidates = candidatesWithin(0);
        groups = scenario.SharedRegions > 0 ? new RegionGroups(scenario, cell) : null;
    }

    /// <summary>Draws environments in which every user is in at least one visibility region.</summary>
    /// <param name="batch">B, number of drops.</param>
    /// <param name="journey">How users move; null if they stand.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>The surroundings of the users, owned by the caller's dispose scope.</returns>
    public Surroundings Draw(int batch, Journey? journey, RandomSource random)
    {
        var nearby = journey is null ? candidates : candidatesWithin(journey.Reach);
        // Some drops more than needed, since those without a region are thrown away.
        var rejected = placement.IsFixed ? 1 - Math.Pow(1 - rejection, placement.Users) : rejection;
        var expected = batch * rejected * (rejected > 0.2 ? 1 / (1 - Math.Min(rejected, 0.9)) : 1);
        var spare = keepsAll || rejected < 1e-12 ? 0 : 2 + (int)Math.Ceiling(expected + 8 * Math.Sqrt(expected));
        while (true)
        {
            using var scope = NewDisposeScope();
            if (TryDraw(batch, batch + spare, nearby, journey, random) is { } surroundings)
                return surroundings.MoveToOuterDisposeScope();
            spare = 2 * spare + 1;
        }
    }

    private Surroundings? TryDraw(int batch, int attempts, RegionCandidates nearby, Journey? journey, RandomSource random)
    {
        var places = placement.Draw(random, attempts, positions);                                  // [B', Q, 2]
        var regions = nearby.Draw(places, random);
        var (centres, exists, most) = (regions.Centres, regions.Exists, regions.Centres.shape[1]);  // [B', V]
        var active = regions.Within.logical_and(exists.unsqueeze(1));                               // [B', Q, V]
        var serves = table?.Draw(random, attempts, most);                                           // [B', V, N_BS]
        var elements = arrayRegions?.Draw(random, attempts, most);                                  // [B', N, V]

        // The first U positions that are in a region; the first of all must be, or the environment goes.
        var served = Served(active, serves, elements);                                              // [B', Q]
        var keep = served.select(1, 0).logical_and(served.sum(1) >= placement.Users).nonzero().flatten();
        if (keep.shape[0] < batch)
            return null;
        keep = keep.narrow(0, 0, batch);
        Tensor Kept(Tensor values) => values.index_select(0, keep);
        var order = arange(positions, device: random.Device) + served.logical_not().to(ScalarType.Int64) * positions;
        var chosen = Kept(order).argsort(1).narrow(1, 0, placement.Users);                          // [B, U]

        places = Kept(places).gather(1, chosen.unsqueeze(-1).expand(-1, -1, 2));
        var gains = VisibilityGain.Evaluate(regions.Distances, scenario.VisibilityRadius, scenario.TransitionWidth, scenario) * active.to(ScalarType.Float64);
        gains = Kept(gains).gather(1, chosen.unsqueeze(-1).expand(-1, -1, most));                   // [B, U, V]
        var known = new KnownRegions(Kept(centres), Kept(exists), gains, serves is null ? null : Kept(serves), elements is null ? null : Kept(elements));
        var routes = journey?.Draw(places, random);
        if (routes is not null)
            known = known.OnTheWayOf(routes, scenario.VisibilityRadius);
        var stations = known.Serves is null ? null : new ServedStations(table!, StationPositions(random.Device), known.Serves);
        if (stations is not null)
            known = known with { Gains = known.Gains * stations.Serves.select(2, layout.Chosen).unsqueeze(1).to(ScalarType.Float64) };
        var clustered = Clustered(places, known.Centres, known.Exists, known.Gains, Kept(regions.Totals), stations, random);
        return Surroundings.OfSlots(clustered) with { ElementGains = known.Elements, Passage = routes is null ? null : PassageOn(routes, clustered, stations) };
    }

    private Passage PassageOn(Routes routes, RegionSlots clustered, ServedStations? stations)
    {
        var present = stations is null ? clustered.Exists : clustered.Exists.logical_and(stations.Serves.select(2, layout.Chosen));
        return new Passage(routes, present.to(ScalarType.Float64), groups is null ? null : clustered.Clusters, scenario.SpeedOfLight / scenario.CarrierFrequency);
    }

    private Tensor Served(Tensor active, Tensor? serves, Tensor? elements)
    {
        if (keepsAll)
            return ones_like(active.select(2, 0));
        if (elements is not null)
            active = active.unsqueeze(2).logical_and((elements > 0).unsqueeze(1)).any(-1).all(-1).unsqueeze(-1);
        return serves is null
            ? active.any(-1)
            : active.unsqueeze(2).logical_and(serves.transpose(1, 2).unsqueeze(1)).any(-1).all(-1);
    }

    private RegionSlots Clustered(
        Tensor places, Tensor centres, Tensor exists, Tensor gains, Tensor totals, ServedStations? stations, RandomSource random)
    {
        if (groups is not null)
            return WithBases(groups.Assign(places, centres, exists, gains, totals, stations, random));
        var own = arange(exists.shape[1], device: random.Device).expand(exists.shape[0], -1);
        var bases = stations?.ChooseReferences(null, null, null, random).Bases;
        return WithBases(new RegionSlots(places, centres, exists, gains, own, centres, bases));
    }

    /// <summary>A single base station away from the origin is every cluster's reference.</summary>
    private RegionSlots WithBases(RegionSlots slots) => slots.Bases is null && layout.Position is { } position
        ? slots with { Bases = tensor(position, device: slots.Users.device).expand_as(slots.References).contiguous() }
        : slots;

    private Tensor StationPositions(Device device) =>
        tensor([.. layout.Positions.SelectMany(position => position)], [layout.Count, 2], device: device);
}
