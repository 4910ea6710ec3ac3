using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Which base stations a visibility region serves: a share p_k of all regions is common to k of them [COST2100].</summary>
/// <remarks>
/// With N regions a base station and N_BS of them there are round(N·N_BS/Σ k·p_k) regions, of which round(p_k · that) serve k distinct base
/// stations, any of them alike; regions of a single base station fill each up to N. Of the few regions that reach a user each draws its
/// own kind and base stations, which ignores that kinds are drawn without replacement: a matter of one over the number of regions.
/// </remarks>
internal sealed class BaseStationTable
{
    private readonly double[] cumulative;                                                           // [N_BS]: kinds 1 … k

    /// <summary>Works the numbers out.</summary>
    /// <param name="count">N_BS, at least 2.</param>
    /// <param name="shares">p_1, p_2, …; none: every base station has regions of its own.</param>
    /// <param name="regionsEach">N, regions of a base station.</param>
    public BaseStationTable(int count, IReadOnlyList<double> shares, int regionsEach)
    {
        double Share(int kind) => kind <= shares.Count ? shares[kind - 1] : 0;
        var weight = Enumerable.Range(1, count).Sum(kind => kind * Share(kind));
        var physical = weight > 0 ? Math.Round(regionsEach * count / weight, MidpointRounding.AwayFromZero) : 0;
        double[] common = [.. Enumerable.Range(2, count - 1).Select(kind => Math.Round(physical * Share(kind), MidpointRounding.AwayFromZero))];
        var own = Math.Max(0, regionsEach * (double)count - common.Select((number, i) => number * (i + 2)).Sum());
        Total = (int)(own + common.Sum());
        cumulative = new double[count];
        var sum = own;
        for (var kind = 0; kind < count; kind++)
        {
            cumulative[kind] = sum / Total;
            if (kind < common.Length)
                sum += common[kind];
        }
        cumulative[^1] = 1;
        Count = count;
    }

    /// <summary>N_BS.</summary>
    public int Count { get; }

    /// <summary>Number of all regions in the cell.</summary>
    public int Total { get; }

    /// <summary>Draws the base stations of regions.</summary>
    /// <param name="random">The source of randomness.</param>
    /// <param name="shape">Shape of the set of regions.</param>
    /// <returns>Whether a region serves each, bool <c>[shape, N_BS]</c>; at least one.</returns>
    public Tensor Draw(RandomSource random, params long[] shape)
    {
        using var scope = NewDisposeScope();
        var chance = random.Uniform([.. shape, Count + 1]);
        var kind = (chance.narrow(-1, 0, 1) >= tensor(cumulative, device: random.Device)).sum(-1, keepdim: true) + 1;   // k
        // The k base stations whose numbers are smallest.
        var rank = chance.narrow(-1, 1, Count).argsort(-1).argsort(-1);
        return (rank < kind).MoveToOuterDisposeScope();
    }
}
