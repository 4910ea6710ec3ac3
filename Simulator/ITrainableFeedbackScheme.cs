using static TorchSharp.torch;

namespace Simulator;

/// <summary>A feedback scheme that can be trained through a differentiable stand-in for its bits.</summary>
public interface ITrainableFeedbackScheme : IFeedbackScheme
{
    /// <summary>The parameters to be optimised, saved and loaded.</summary>
    nn.Module Network { get; }

    /// <summary>Encodes and decodes with quantisation relaxed so that gradients flow.</summary>
    /// <param name="csi">Angular-delay crops of unit energy each, complex64 <c>[N, D, R, A]</c>.</param>
    /// <param name="rate">The scheme's own rate knob; ignored by schemes of one rate.</param>
    /// <returns>The reconstructed crops <c>[N, D, R, A]</c> and the estimated message length [bit], float32 <c>[N]</c>.</returns>
    (Tensor Reconstruction, Tensor EstimatedBits) Relax(Tensor csi, double rate);
}
