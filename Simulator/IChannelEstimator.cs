using static TorchSharp.torch;

namespace Simulator;

/// <summary>What a terminal knows of its own channel when it makes a report.</summary>
public interface IChannelEstimator
{
    /// <summary>Measures the channel.</summary>
    /// <param name="channel">The true channels up to the report, complex64 <c>[N, T, S, R, A]</c>, oldest slot first.</param>
    /// <param name="random">The only source of randomness; a CPU generator.</param>
    /// <returns>The measurement of the same shape, owned by the caller's dispose scope.</returns>
    Measurement Measure(Tensor channel, Generator random);
}
