using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Which clusters each link sees, and how strongly.</summary>
/// <param name="Gains">A_VR, float64 <c>[B, L, K]</c>; 0 where a link sees fewer than K.</param>
/// <param name="Index">Which of the C clusters it is, int64 <c>[B·L·K]</c>.</param>
/// <param name="Regions">Which of the V regions shows it, int64 <c>[B, L, K]</c>.</param>
internal sealed record VisibleClusters(Tensor Gains, Tensor Index, Tensor Regions)
{
    /// <summary>Lists the visible clusters, link by link.</summary>
    /// <param name="surroundings">Links and visibility regions.</param>
    /// <returns>The list.</returns>
    public static VisibleClusters Of(Surroundings surroundings)
    {
        var links = surroundings.Gains.shape[1];
        var most = Math.Max(1, (surroundings.Gains > 0).sum(-1).max().item<long>());
        var (gains, regions) = surroundings.Gains.topk((int)most);                                  // [B, L, K]
        var clusters = surroundings.Clusters.unsqueeze(1).expand(-1, links, -1).gather(2, regions);
        return new VisibleClusters(gains, clusters.flatten(), regions);
    }

    /// <summary>Takes what the links see.</summary>
    /// <param name="values">Values of every cluster <c>[C, ...]</c>.</param>
    /// <returns>Values of every link's clusters <c>[B, L, K, ...]</c>.</returns>
    public Tensor Take(Tensor values)
    {
        using var scope = NewDisposeScope();
        return values.index_select(0, Index).reshape([.. Gains.shape, .. values.shape[1..]]).MoveToOuterDisposeScope();
    }
}
