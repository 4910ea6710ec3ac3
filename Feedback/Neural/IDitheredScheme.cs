using Simulator;
using static TorchSharp.torch;

namespace Feedback.Neural;

/// <summary>A scheme that is trained with noise in the place of quantisation.</summary>
public interface IDitheredScheme : ITrainableFeedbackScheme
{
    /// <summary>As <see cref="ITrainableFeedbackScheme.Relax"/>, but with noise.</summary>
    /// <param name="csi">Angular-delay crops of unit energy each, complex64 <c>[N, D, R, A]</c>.</param>
    /// <param name="rate">The scheme's own rate knob.</param>
    /// <param name="random">The source of the noise.</param>
    /// <returns>The reconstructed crops <c>[N, D, R, A]</c> and the estimated message length [bit], float32 <c>[N]</c>.</returns>
    (Tensor Reconstruction, Tensor EstimatedBits) Dither(Tensor csi, double rate, Generator random);
}
