using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>The visibility regions of a block of environments that reach at least one user, and the users in them.</summary>
/// <remarks>V regions a drop; slots that hold no region have gain 0 everywhere. All drops together have C clusters.</remarks>
/// <param name="Users">Horizontal positions of the users, base station at the origin [m], float64 <c>[B, U, 2]</c>.</param>
/// <param name="Gains">A_VR, amplitude gain of each region at each user, float64 <c>[B, U, V]</c>; of the regions of one cluster only the largest is kept.</param>
/// <param name="Clusters">Which of the C clusters each region shows, int64 <c>[B, V]</c>.</param>
/// <param name="References">Centre of the reference region of each cluster [m], float64 <c>[C, 2]</c>.</param>
internal sealed record Surroundings(Tensor Users, Tensor Gains, Tensor Clusters, Tensor References)
{
    /// <summary>Keeps a cluster for every slot that holds a region, and none for the others.</summary>
    /// <param name="users">Positions of the users [m], float64 <c>[B, U, 2]</c>.</param>
    /// <param name="gains">Gain of each region at each user, float64 <c>[B, U, V]</c>.</param>
    /// <param name="exists">Which slots hold a region, bool <c>[B, V]</c>.</param>
    /// <param name="slots">The slot of each region's cluster, int64 <c>[B, V]</c>.</param>
    /// <param name="references">Centre of the reference region of each slot's cluster [m], float64 <c>[B, V, 2]</c>.</param>
    /// <returns>The surroundings, owned by the caller's dispose scope.</returns>
    public static Surroundings OfSlots(Tensor users, Tensor gains, Tensor exists, Tensor slots, Tensor references)
    {
        using var scope = NewDisposeScope();
        var held = exists.flatten().nonzero().flatten();                                            // [C]
        var rank = (exists.flatten().to(ScalarType.Int64).cumsum(0) - 1).clamp(min: 0).reshape(exists.shape);
        return new Surroundings(
            users.alias(), gains.alias(), rank.gather(1, slots), references.flatten(0, 1).index_select(0, held)).MoveToOuterDisposeScope();
    }

    /// <summary>Hands all tensors to the enclosing dispose scope.</summary>
    /// <returns>These surroundings.</returns>
    public Surroundings MoveToOuterDisposeScope()
    {
        Users.MoveToOuterDisposeScope();
        Gains.MoveToOuterDisposeScope();
        Clusters.MoveToOuterDisposeScope();
        References.MoveToOuterDisposeScope();
        return this;
    }
}
