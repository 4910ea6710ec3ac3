using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Which clusters each user sees, and how strongly.</summary>
/// <param name="Gains">A_VR, float64 <c>[B, U, K]</c>; 0 where a user sees fewer than K.</param>
/// <param name="Index">Which of the C clusters it is, int64 <c>[B·U·K]</c>.</param>
internal sealed record VisibleClusters(Tensor Gains, Tensor Index)
{
    /// <summary>Lists the visible clusters, user by user.</summary>
    /// <param name="surroundings">Users and visibility regions.</param>
    /// <returns>The list.</returns>
    public static VisibleClusters Of(Surroundings surroundings)
    {
        var users = surroundings.Gains.shape[1];
        var most = (surroundings.Gains > 0).sum(-1).max().item<long>();
        var (gains, regions) = surroundings.Gains.topk((int)most);                                  // [B, U, K]
        var clusters = surroundings.Clusters.unsqueeze(1).expand(-1, users, -1).gather(2, regions);
        return new VisibleClusters(gains, clusters.flatten());
    }

    /// <summary>Takes what the users see.</summary>
    /// <param name="values">Values of every cluster <c>[C, ...]</c>.</param>
    /// <returns>Values of every user's clusters <c>[B, U, K, ...]</c>.</returns>
    public Tensor Take(Tensor values)
    {
        using var scope = NewDisposeScope();
        return values.index_select(0, Index).reshape([.. Gains.shape, .. values.shape[1..]]).MoveToOuterDisposeScope();
    }
}
