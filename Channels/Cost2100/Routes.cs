using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>The ways of users over the ground: straight from corner to corner.</summary>
/// <param name="Corners">Metres, float64 <c>[B, U, K, 2]</c>, at least two.</param>
/// <param name="Lengths">Distance travelled to each corner [m], float64 <c>[U, K]</c>, or <c>[1, K]</c> if all users are alike.</param>
internal sealed record Routes(Tensor Corners, Tensor Lengths)
{
    // Legs compared with regions at a time, so that long ways take no more memory than short ones.
    private const long LegsAtOnce = 32;
    private const double Shortest = 1e-100;            // keeps the direction of a leg of length 0 a number

    private long Legs => Corners.shape[2] - 1;

    /// <summary>Where users are and whither they go.</summary>
    /// <param name="travelled">Distances from the start along the way [m], float64 <c>[B, U, M]</c>, the first axis perhaps 1.</param>
    /// <returns>Positions [m] and directions of length 1, float64 <c>[B, U, M, 2]</c> each.</returns>
    public (Tensor Positions, Tensor Directions) At(Tensor travelled)
    {
        using var scope = NewDisposeScope();
        var distances = travelled.expand(Corners.shape[0], -1, -1);
        var begins = Lengths.narrow(1, 0, Legs);                                                    // [U, K-1]
        var steps = Corners.narrow(2, 1, Legs) - Corners.narrow(2, 0, Legs);
        var directions = steps / steps.square().sum(-1, keepdim: true).sqrt().clamp(min: Shortest);
        if (Legs == 1)
        {
            var only = directions.expand(-1, -1, distances.shape[2], -1);
            return ((Corners.narrow(2, 0, 1) + only * (distances - begins).unsqueeze(-1)).MoveToOuterDisposeScope(), only.contiguous().MoveToOuterDisposeScope());
        }
        var leg = (distances.unsqueeze(-1) >= begins.narrow(1, 1, Legs - 1).unsqueeze(1)).sum(-1);  // [B, U, M]
        var pair = leg.unsqueeze(-1).expand(-1, -1, -1, 2);
        var chosen = directions.gather(2, pair);
        var begun = begins.unsqueeze(0).expand(leg.shape[0], leg.shape[1], -1).gather(2, leg);
        var positions = Corners.gather(2, pair) + chosen * (distances - begun).unsqueeze(-1);
        return (positions.MoveToOuterDisposeScope(), chosen.MoveToOuterDisposeScope());
    }

    /// <summary>How near users come to points on their ways.</summary>
    /// <param name="centres">The points [m], float64 <c>[B, V, 2]</c>.</param>
    /// <returns>Metres, float64 <c>[B, U, V]</c>.</returns>
    public Tensor DistancesTo(Tensor centres)
    {
        using var scope = NewDisposeScope();
        var points = centres.unsqueeze(1).unsqueeze(1);                                             // [B, 1, 1, V, 2]
        Tensor? nearest = null;
        for (long first = 0; first < Legs; first += LegsAtOnce)
        {
            var count = Math.Min(LegsAtOnce, Legs - first);
            var begin = Corners.narrow(2, first, count).unsqueeze(3);                               // [B, U, k, 1, 2]
            var step = Corners.narrow(2, first + 1, count).unsqueeze(3) - begin;
            var share = ((points - begin) * step).sum(-1) / step.square().sum(-1).clamp(min: Shortest);
            var distance = (points - begin - share.clamp(0, 1).unsqueeze(-1) * step).square().sum(-1).amin([2L]);
            nearest = nearest is null ? distance : -(-nearest).maximum(-distance);
        }
        return nearest!.sqrt().MoveToOuterDisposeScope();
    }

    /// <summary>Hands both tensors to the enclosing dispose scope.</summary>
    /// <returns>These ways.</returns>
    public Routes MoveToOuterDisposeScope()
    {
        Corners.MoveToOuterDisposeScope();
        Lengths.MoveToOuterDisposeScope();
        return this;
    }
}
