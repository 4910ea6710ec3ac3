using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>The visibility regions of a block of environments that reach at least one user, and the users in them.</summary>
/// <remarks>V regions a drop; slots that hold no region have gain 0 everywhere.</remarks>
/// <param name="Users">Horizontal positions of the users, base station at the origin [m], float64 <c>[B, U, 2]</c>.</param>
/// <param name="Gains">A_VR, amplitude gain of each region at each user, float64 <c>[B, U, V]</c>; of the regions of one cluster only the largest is kept.</param>
/// <param name="Clusters">Which slot holds the cluster of each region, int64 <c>[B, V]</c>.</param>
/// <param name="References">Centre of the reference region of the cluster in each slot [m], float64 <c>[B, V, 2]</c>.</param>
internal sealed record Surroundings(Tensor Users, Tensor Gains, Tensor Clusters, Tensor References)
{
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
