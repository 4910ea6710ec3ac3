using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>What is random about the line of sight of a block of drops.</summary>
/// <param name="Centre">Centre of its visibility region [m], float64 <c>[B, 1, 1, 2]</c>.</param>
/// <param name="Decibels">K [dB], float64 <c>[B, U, 1]</c>, or <c>[B, 1, 1]</c> if users have it in common.</param>
/// <param name="Phasors">A phase of each user, complex128 <c>[B, U, 1]</c>; null for none.</param>
/// <param name="Users">U, users of a drop.</param>
internal sealed record DrawnLineOfSight(Tensor Centre, Tensor Decibels, Tensor? Phasors, int Users)
{
    /// <summary>Hands all tensors to the enclosing dispose scope.</summary>
    /// <returns>This draw.</returns>
    public DrawnLineOfSight MoveToOuterDisposeScope()
    {
        Centre.MoveToOuterDisposeScope();
        Decibels.MoveToOuterDisposeScope();
        Phasors?.MoveToOuterDisposeScope();
        return this;
    }
}
