using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Which clusters each user sees, and how strongly.</summary>
/// <param name="Gains">A_VR, float64 <c>[B, U, K]</c>; 0 where a user sees fewer than K.</param>
/// <param name="Index">Position of each cluster among all B·V, int64 <c>[B·U·K]</c>; <c>null</c> where the single user sees slot k as cluster k.</param>
internal sealed record VisibleClusters(Tensor Gains, Tensor? Index)
{
    /// <summary>Lists the visible clusters, user by user.</summary>
    /// <param name="surroundings">Users and visibility regions.</param>
    /// <returns>The list.</returns>
    public static VisibleClusters Of(Surroundings surroundings)
    {
        var (batch, users, slots) = (surroundings.Gains.shape[0], surroundings.Gains.shape[1], surroundings.Gains.shape[2]);
        var most = (surroundings.Gains > 0).sum(-1).max().item<long>();
        var (gains, regions) = surroundings.Gains.topk((int)most);                                  // [B, U, K]
        var clusters = surroundings.Clusters.unsqueeze(1).expand(-1, users, -1).gather(2, regions);
        var first = arange(batch, device: gains.device).mul(slots).reshape(-1, 1, 1);
        return new VisibleClusters(gains, (clusters + first).flatten());
    }

    /// <summary>Takes what the users see.</summary>
    /// <param name="values">Values of every slot's cluster <c>[B, V, ...]</c>.</param>
    /// <returns>Values of every user's clusters <c>[B, U, K, ...]</c>.</returns>
    public Tensor Take(Tensor values)
    {
        using var scope = NewDisposeScope();
        if (Index is null)
            return values.unsqueeze(1).MoveToOuterDisposeScope();
        var taken = values.flatten(0, 1).index_select(0, Index);
        return taken.reshape([.. Gains.shape, .. values.shape[2..]]).MoveToOuterDisposeScope();
    }
}
