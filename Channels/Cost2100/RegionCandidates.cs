using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Draws the visibility regions that reach a user, or all of a cell that has few.</summary>
/// <remarks>
/// In a large cell a region becomes a candidate with probability Q·(R_C/R)², lies uniformly within R_C of a random one of the Q users (farther if they move), and
/// stays with probability one over the number of users that it reaches. That leaves the density 1/(πR²) wherever a region could matter, exactly.
/// </remarks>
internal sealed class RegionCandidates
{
    private readonly Cost2100Scenario scenario;
    private readonly RegionCell cell;
    private readonly RegionCounts counts;
    private readonly int positions;
    private readonly double radius;
    private readonly double[] totals;
    private readonly CountTable? candidates;

    /// <summary>Tabulates the numbers of candidates.</summary>
    /// <param name="scenario">The parameter column.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="counts">Numbers of regions of a base station.</param>
    /// <param name="positions">Q, places at which there may be a user.</param>
    /// <param name="share">All regions over those of one base station.</param>
    /// <param name="reach">How far users get from where they start [m].</param>
    public RegionCandidates(Cost2100Scenario scenario, RegionCell cell, RegionCounts counts, int positions, double share, double reach = 0)
    {
        this.scenario = scenario;
        this.cell = cell;
        this.counts = counts;
        this.positions = positions;
        totals = [.. counts.Each.Select(count => Math.Round(count * share))];
        radius = scenario.VisibilityRadius + reach;
        var chance = positions * Math.Pow(radius / scenario.CellRadius, 2);
        if (chance >= 1 && scenario.SharedRegions > 0 && reach == 0)
            throw Refusal.Of(nameof(Cost2100Options.Users), $"The visibility regions of at most {(int)(positions / chance / 1.5) - 4} users fit into the cell.");
        candidates = cell.IsSmall || chance >= 1 ? null : CountTable.Binomial(totals.Select(total => (int)total), chance);
    }

    /// <summary>Draws regions.</summary>
    /// <param name="places">Places at which there may be a user [m], float64 <c>[B, Q, 2]</c>.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>
    /// Centres [m] <c>[B, V, 2]</c>, which slots hold a region <c>[B, V]</c>, distances from the places [m] <c>[B, Q, V]</c>, whether they are
    /// below R_C, and the number of all regions of each environment, float64 <c>[B]</c>.
    /// </returns>
    public (Tensor Centres, Tensor Exists, Tensor Distances, Tensor Within, Tensor Totals) Draw(Tensor places, RandomSource random)
    {
        var attempts = (int)places.shape[0];
        var row = counts.Draw(random, attempts);
        var all = tensor(totals, device: random.Device).index_select(0, row);                       // [B]
        if (candidates is null)
        {
            var everywhere = Disc(random.Uniform(2, attempts, (long)totals[^1]), cell.Radius) + tensor(cell.Centre, device: random.Device);
            var (apart, near) = Compare(everywhere, places);
            var held = arange((long)totals[^1], device: random.Device) < all.unsqueeze(1);
            return (everywhere, held, apart, near, all);
        }
        var number = candidates.Draw(random.Uniform(attempts), row);                                // [B]
        var most = Math.Max(1, number.max().to(ScalarType.Int64).item<long>());
        var chance = random.Uniform(4, attempts, most);
        var whose = (chance[0] * positions).floor().to(ScalarType.Int64);                           // [B, V]
        var angle = chance[1] * (2 * Math.PI);
        var offset = stack([angle.cos(), angle.sin()], -1) * (chance[2].sqrt() * radius).unsqueeze(-1);
        var centres = places.gather(1, whose.unsqueeze(-1).expand(-1, -1, 2)) + offset;             // [B, V, 2]
        var (distances, within) = Compare(centres, places);
        var exists = arange(most, device: random.Device) < number.unsqueeze(1);                     // [B, V]
        if (positions > 1)
            exists = exists.logical_and(chance[3] * (distances < radius).sum(1) < 1);
        return (centres, exists, distances, within, all);
    }

    private (Tensor Distances, Tensor Within) Compare(Tensor centres, Tensor places)
    {
        var distances = (centres.unsqueeze(1) - places.unsqueeze(2)).square().sum(-1).sqrt();       // [B, Q, V]
        return (distances, distances < scenario.VisibilityRadius);
    }

    private static Tensor Disc(Tensor chance, double radius)
    {
        var angle = chance[0] * (2 * Math.PI);
        return stack([angle.cos(), angle.sin()], -1) * (chance[1].sqrt() * radius).unsqueeze(-1);
    }
}
