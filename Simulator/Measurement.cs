using static TorchSharp.torch;

namespace Simulator;

/// <summary>What the terminals measured before a report.</summary>
/// <param name="Channel">Measured H, complex64 <c>[N, T, S, R, A]</c>, oldest slot first; T = 1 for schemes without memory.</param>
/// <param name="NoiseVariance">Variance of the measurement error per entry, float64 <c>[N]</c>; 0 where the measurement is perfect.</param>
public sealed record Measurement(Tensor Channel, Tensor NoiseVariance)
{
    /// <summary>N, number of reports to be made of this.</summary>
    public int Count => (int)Channel.shape[0];

    /// <summary>Hands both tensors to the enclosing dispose scope.</summary>
    /// <returns>This measurement.</returns>
    public Measurement MoveToOuterDisposeScope()
    {
        Channel.MoveToOuterDisposeScope();
        NoiseVariance.MoveToOuterDisposeScope();
        return this;
    }
}
