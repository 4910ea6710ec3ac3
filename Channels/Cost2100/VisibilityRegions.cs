using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Draws environments and users: which visibility regions reach whom [COST2100].</summary>
/// <remarks>
/// An environment has round(N_C·R²/(R_C - L_C)²) regions, uniform in the cell. Only those that reach a user are drawn: a region becomes a
/// candidate with probability Q·(R_C/R)², lies uniformly within R_C of a random one of the Q users, and stays with probability one over
/// the number of users that it reaches. That leaves the density 1/(πR²) wherever a region could matter, exactly.
/// <para>
/// The code stops with an error where a user is in no region at all, so its drops are those in which every user is in one. With several
/// users, the environment and the first user are drawn until he is, and further positions until the others are: each of them then sees
/// what a single user sees.
/// </para>
/// </remarks>
internal sealed class VisibilityRegions
{
    private readonly Cost2100Scenario scenario;
    private readonly double areaSide;
    private readonly int users;
    private readonly int positions;
    private readonly int[] regionCounts;
    private readonly CountTable? visibleClusters;
    private readonly CountTable candidates;
    private readonly RegionGroups? groups;
    private readonly double rejection;

    /// <summary>Tabulates the distributions of counts.</summary>
    /// <param name="scenario">The parameter column.</param>
    /// <param name="users">U, users of a drop.</param>
    /// <param name="areaSide">Side of the square in which users are dropped [m].</param>
    public VisibilityRegions(Cost2100Scenario scenario, int users, double areaSide)
    {
        this.scenario = scenario;
        this.users = users;
        this.areaSide = areaSide;
        visibleClusters = scenario.RandomVisibleClusters ? CountTable.Poisson(scenario.VisibleClusters) : null;
        double[] clusterCounts = visibleClusters is null
            ? [scenario.VisibleClusters]
            : [.. Enumerable.Range(0, visibleClusters.Largest() + 1).Select(count => Math.Max(1.0, count))];
        var core = scenario.VisibilityRadius - scenario.TransitionWidth;
        regionCounts = [.. clusterCounts.Select(count => (int)Math.Round(count * scenario.CellRadius * scenario.CellRadius / (core * core), MidpointRounding.AwayFromZero))];

        var reach = Math.Pow(scenario.VisibilityRadius / scenario.CellRadius, 2);
        rejection = Math.Pow(1 - reach, regionCounts[0]);
        positions = users == 1 || users * rejection < 1e-9 ? users : users + 4 + users / 2;
        var share = positions * reach;
        if (share >= 1)
            throw new ArgumentOutOfRangeException(nameof(users), users, $"The visibility regions of at most {(int)(1 / reach / 1.5) - 4} users fit into the cell.");
        candidates = CountTable.Binomial(regionCounts, share);
        groups = scenario.SharedRegions > 0 ? new RegionGroups(scenario) : null;
    }

    /// <summary>Draws environments in which every user is in at least one visibility region.</summary>
    /// <param name="batch">B, number of drops.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>The surroundings of the users, owned by the caller's dispose scope.</returns>
    public Surroundings Draw(int batch, RandomSource random)
    {
        // Some drops more than needed, since those without a region are thrown away.
        var expected = batch * rejection;
        var spare = rejection < 1e-12 ? 0 : 2 + (int)Math.Ceiling(expected + 8 * Math.Sqrt(expected));
        while (true)
        {
            using var scope = NewDisposeScope();
            if (TryDraw(batch, batch + spare, random) is { } surroundings)
                return surroundings.MoveToOuterDisposeScope();
            spare = 2 * spare + 1;
        }
    }

    private Surroundings? TryDraw(int batch, int attempts, RandomSource random)
    {
        var places = (random.Uniform(attempts, positions, 2) - 0.5) * areaSide;                    // [B', Q, 2]
        var row = visibleClusters is null
            ? zeros(attempts, dtype: ScalarType.Int64, device: random.Device)
            : visibleClusters.Draw(random.Uniform(attempts));
        var counts = candidates.Draw(random.Uniform(attempts), row);                               // [B']
        var most = Math.Max(1, counts.max().to(ScalarType.Int64).item<long>());
        var chance = random.Uniform(4, attempts, most);
        var near = (chance[0] * positions).floor().to(ScalarType.Int64);                           // [B', V]
        var angle = chance[1] * (2 * Math.PI);
        var offset = stack([angle.cos(), angle.sin()], -1) * (chance[2].sqrt() * scenario.VisibilityRadius).unsqueeze(-1);
        var centres = places.gather(1, near.unsqueeze(-1).expand(-1, -1, 2)) + offset;              // [B', V, 2]
        var distances = (centres.unsqueeze(1) - places.unsqueeze(2)).square().sum(-1).sqrt();       // [B', Q, V]
        var within = distances < scenario.VisibilityRadius;
        var exists = arange(most, device: random.Device) < counts.unsqueeze(1);                     // [B', V]
        if (positions > 1)
            exists = exists.logical_and(chance[3] * within.sum(1) < 1);
        var active = within.logical_and(exists.unsqueeze(1));                                       // [B', Q, V]

        // The first U positions that are in a region; the first of all must be, or the environment goes.
        var served = active.any(-1);                                                                // [B', Q]
        var keep = served.select(1, 0).logical_and(served.sum(1) >= users).nonzero().flatten();
        if (keep.shape[0] < batch)
            return null;
        keep = keep.narrow(0, 0, batch);
        var order = arange(positions, device: random.Device) + served.logical_not().to(ScalarType.Int64) * positions;
        var chosen = order.index_select(0, keep).argsort(1).narrow(1, 0, users);                    // [B, U]

        places = places.index_select(0, keep).gather(1, chosen.unsqueeze(-1).expand(-1, -1, 2));
        centres = centres.index_select(0, keep);
        exists = exists.index_select(0, keep);
        var gains = Gain(distances) * active.to(ScalarType.Float64);
        gains = gains.index_select(0, keep).gather(1, chosen.unsqueeze(-1).expand(-1, -1, most));   // [B, U, V]
        if (groups is not null)
        {
            var totals = tensor(regionCounts, dtype: ScalarType.Float64, device: random.Device).index_select(0, row).index_select(0, keep);
            return groups.Assign(places, centres, exists, gains, totals, random);
        }
        var own = arange(most, device: random.Device).expand(batch, -1);
        return Surroundings.OfSlots(places, gains, exists, own, centres);
    }

    /// <summary>A_VR(d) = 1/2 - arctan(2√2·(L_C + d - R_C)/√(λL_C))/π.</summary>
    private Tensor Gain(Tensor distances)
    {
        var wavelength = ClusterSpreads.SpeedOfLight / scenario.CarrierFrequency;
        var steepness = 2 * Math.Sqrt(2) / Math.Sqrt(wavelength * scenario.TransitionWidth);
        return 0.5 - ((distances + (scenario.TransitionWidth - scenario.VisibilityRadius)) * steepness).atan() / Math.PI;
    }
}
