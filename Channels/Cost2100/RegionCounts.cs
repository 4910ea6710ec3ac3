using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>How many visibility regions a cell has: round(N_C·R²/(R_C - L_C)²), N_C fixed or drawn for every environment.</summary>
internal sealed class RegionCounts
{
    private readonly CountTable? visibleClusters;

    /// <summary>Tabulates the numbers.</summary>
    /// <param name="scenario">The parameter column.</param>
    public RegionCounts(Cost2100Scenario scenario)
    {
        visibleClusters = scenario.RandomVisibleClusters ? CountTable.Poisson(scenario.VisibleClusters) : null;
        double[] clusterCounts = visibleClusters is null
            ? [scenario.VisibleClusters]
            : [.. Enumerable.Range(0, visibleClusters.Largest() + 1).Select(count => Math.Max(1.0, count))];
        var core = scenario.VisibilityRadius - scenario.TransitionWidth;
        Each = [.. clusterCounts.Select(count => Math.Max(1, (int)Math.Round(count * scenario.CellRadius * scenario.CellRadius / (core * core), MidpointRounding.AwayFromZero)))];
    }

    /// <summary>The number for each value of N_C, smallest first.</summary>
    public IReadOnlyList<int> Each { get; }

    /// <summary>Draws which of them holds.</summary>
    /// <param name="random">The source of randomness.</param>
    /// <param name="batch">B, number of environments.</param>
    /// <returns>Index into <see cref="Each"/>, int64 <c>[B]</c>.</returns>
    public Tensor Draw(RandomSource random, int batch) => visibleClusters is null
        ? zeros(batch, dtype: ScalarType.Int64, device: random.Device)
        : visibleClusters.Draw(random.Uniform(batch));
}
