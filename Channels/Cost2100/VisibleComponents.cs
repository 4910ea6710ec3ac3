using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Which single components of its visible clusters each link sees, where components have a gain.</summary>
/// <param name="Weights">g times the cluster's weight, float64 <c>[B, L, 1, P]</c>; 0 where a link sees fewer than P.</param>
/// <param name="Index">Which of the C·N_p components it is, int64 <c>[B·L·P]</c>.</param>
internal sealed record VisibleComponents(Tensor Weights, Tensor Index)
{
    /// <summary>Lists the visible components, link by link.</summary>
    /// <param name="clusters">The clusters with their components' gains.</param>
    /// <param name="surroundings">Links and visibility regions.</param>
    /// <param name="visible">The visible clusters.</param>
    /// <param name="weights">Their weights, float64 <c>[B, L, K, 1]</c>.</param>
    /// <returns>The list.</returns>
    public static VisibleComponents Of(DrawnClusters clusters, Surroundings surroundings, VisibleClusters visible, Tensor weights)
    {
        using var scope = NewDisposeScope();
        var (peaks, radii, components) = (clusters.Peaks!, clusters.Radii!, clusters.Scatterers.Amplitudes.shape[1]);
        var links = surroundings.Users.shape[1];
        var offset = surroundings.Centres.unsqueeze(1).expand(-1, links, -1, -1)
            .gather(2, visible.Regions.unsqueeze(-1).expand(-1, -1, -1, 2)) - surroundings.Users.unsqueeze(2);      // [B, L, K, 2]
        var across = visible.Take(peaks[0]) + offset.narrow(-1, 0, 1);
        var along = visible.Take(peaks[1]) + offset.narrow(-1, 1, 1);
        var gains = ComponentGain.Evaluate(across.square() + along.square(), radii.dim() == 1 ? radii : visible.Take(radii), surroundings.Fade);
        var flat = (gains * weights).flatten(2);                                                    // [B, L, K·N_p]

        var position = arange(flat.shape[2], device: flat.device);
        var most = Math.Max(1, (flat > 0).sum(-1).max().item<long>());
        var chosen = (position + (flat <= 0).to(ScalarType.Int64) * flat.shape[2]).argsort(-1).narrow(-1, 0, most);     // seen ones first
        var which = visible.Index.reshape(visible.Gains.shape).unsqueeze(-1) * components + arange(components, device: flat.device);
        return new VisibleComponents(
            flat.gather(2, chosen).unsqueeze(2).MoveToOuterDisposeScope(), which.flatten(2).gather(2, chosen).flatten().MoveToOuterDisposeScope());
    }

    /// <summary>Takes what the links see.</summary>
    /// <param name="values">Values of every component <c>[C, N_p, ...]</c>.</param>
    /// <returns>Values of every link's components <c>[B, L, 1, P, ...]</c>.</returns>
    public Tensor Take(Tensor values)
    {
        using var scope = NewDisposeScope();
        return values.flatten(0, 1).index_select(0, Index).reshape([.. Weights.shape, .. values.shape[2..]]).MoveToOuterDisposeScope();
    }
}
