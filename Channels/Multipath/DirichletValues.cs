using static TorchSharp.torch;

namespace Channels.Multipath;

/// <summary>Values of a <see cref="DirichletKernel"/>: magnitude·e^{-j2π·turns}·(1 + j·cotangent).</summary>
/// <param name="Magnitude">Float32 <c>[N, P]</c>, signed.</param>
/// <param name="Turns">Phase turns, float64 <c>[N, P]</c>.</param>
/// <param name="Cotangents">Float32 <c>[N, D, P]</c>.</param>
internal sealed record DirichletValues(Tensor Magnitude, Tensor Turns, Tensor Cotangents)
{
    /// <summary>Hands all tensors to the enclosing dispose scope.</summary>
    /// <returns>These values.</returns>
    public DirichletValues MoveToOuterDisposeScope()
    {
        Magnitude.MoveToOuterDisposeScope();
        Turns.MoveToOuterDisposeScope();
        Cotangents.MoveToOuterDisposeScope();
        return this;
    }
}
