using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Users on their ways through the visibility regions of their environments.</summary>
/// <param name="Routes">The ways.</param>
/// <param name="Present">1 where a slot holds a region of the base station whose links are drawn, else 0, float64 <c>[B, V]</c>.</param>
/// <param name="Groups">The slot of each region's cluster, int64 <c>[B, V]</c>; null where each region has its own.</param>
/// <param name="Fade">How far users travel while something appears or vanishes [m].</param>
internal sealed record Passage(Routes Routes, Tensor Present, Tensor? Groups, double Fade)
{
    /// <summary>What surrounds users at some slots.</summary>
    /// <param name="start">What surrounds them at the first.</param>
    /// <param name="travelled">How far they have come by those slots [m], float64 <c>[1, U, T]</c>.</param>
    /// <param name="scenario">The parameter column.</param>
    /// <returns>The same environment with a link for every slot and user, slot slowest; owned by the caller's dispose scope.</returns>
    public Surroundings At(Surroundings start, Tensor travelled, Cost2100Scenario scenario)
    {
        using var scope = NewDisposeScope();
        var places = Routes.At(travelled).Positions.transpose(1, 2).flatten(1, 2);                  // [B, T·U, 2]
        var distances = (start.Centres.unsqueeze(1) - places.unsqueeze(2)).square().sum(-1).sqrt(); // [B, T·U, V]
        var gains = VisibilityGain.Evaluate(distances, scenario.VisibilityRadius, scenario.TransitionWidth, scenario) * Present.unsqueeze(1);
        gains = Cost2100.Fade.Towards(gains, scenario.VisibilityRadius - distances, Fade);
        if (Groups is not null)
            gains = Largest(gains, Groups);
        return start with { Users = places.MoveToOuterDisposeScope(), Gains = gains.MoveToOuterDisposeScope() };
    }

    /// <summary>Of the regions of one cluster only the one with the largest gain stays.</summary>
    private static Tensor Largest(Tensor gains, Tensor groups)
    {
        var best = zeros_like(gains);
        for (long region = 0; region < gains.shape[2]; region++)
        {
            var cluster = groups.narrow(1, region, 1).unsqueeze(1).expand(-1, gains.shape[1], -1);  // [B, T·U, 1]
            var known = best.gather(2, cluster);
            best = best.scatter_add(2, cluster, gains.narrow(2, region, 1).maximum(known) - known);
        }
        return gains * (gains >= best.gather(2, groups.unsqueeze(1).expand_as(gains))).to(ScalarType.Float64);
    }

    /// <summary>Hands all tensors to the enclosing dispose scope.</summary>
    public void MoveToOuterDisposeScope()
    {
        Routes.MoveToOuterDisposeScope();
        Present.MoveToOuterDisposeScope();
        Groups?.MoveToOuterDisposeScope();
    }
}
