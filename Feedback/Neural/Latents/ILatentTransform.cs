using static TorchSharp.torch;

namespace Feedback.Neural.Latents;

/// <summary>Crops to latent values and back, many at once.</summary>
public interface ILatentTransform
{
    /// <summary>Terminal side.</summary>
    /// <param name="crops">u, <c>[n, D, A, 2]</c>.</param>
    /// <returns>Latent values of each crop.</returns>
    IReadOnlyList<double[]> Analyse(Tensor crops);

    /// <summary>Base-station side.</summary>
    /// <param name="latents">What <see cref="ILatentCoder.Read"/> left of all crops, one after the other.</param>
    /// <param name="count">n, number of crops.</param>
    /// <returns>û, float32 <c>[n, D, A, 2]</c>.</returns>
    Tensor Synthesise(double[] latents, int count);
}
