using static TorchSharp.torch;

namespace Feedback.Neural.Latents;

/// <summary>A network whose latent values are quantised and coded arithmetically under learned probabilities.</summary>
/// <remarks>
/// <code>
/// crop u [D, A, 2] → Analyse → latents [L] → Quantizer → symbols, coded │ Dequantise → Synthesise → crop û
/// </code>
/// Values are those of a crop of unit mean square. Several receive antennas are rows of the batch.
/// </remarks>
public abstract class LatentNetwork : CodedNetwork
{
    /// <summary>Creates the part that all have in common.</summary>
    /// <param name="name">Name of the module.</param>
    /// <param name="delays">D.</param>
    /// <param name="antennas">A.</param>
    /// <param name="latents">L, latent values of a crop.</param>
    /// <param name="steps">Number of whole steps of the rate knob, at least 1.</param>
    protected LatentNetwork(string name, int delays, int antennas, int latents, int steps)
        : base(name, delays, antennas, steps) => Latents = latents;

    /// <summary>L, latent values of a crop.</summary>
    public int Latents { get; }

    /// <summary>Takes a quantiser out of the weights.</summary>
    /// <returns>The quantiser.</returns>
    public abstract ILatentQuantizer Quantizer();

    /// <summary>The terminal's part.</summary>
    /// <param name="crops">u, <c>[n, D, A, 2]</c>.</param>
    /// <returns>Latent values, <c>[n, L]</c>.</returns>
    public abstract Tensor Analyse(Tensor crops);

    /// <summary>The base station's part.</summary>
    /// <param name="latents">Dequantised latent values, <c>[n, L]</c>.</param>
    /// <returns>û, <c>[n, D, A, 2]</c>.</returns>
    public abstract Tensor Synthesise(Tensor latents);

    /// <summary>Figures of the network's own for its card.</summary>
    /// <param name="symbols">The symbols of test crops at step 0.</param>
    /// <returns>Names and values.</returns>
    public virtual IEnumerable<(string Name, double Value)> Figures(IReadOnlyList<int[]> symbols) => [];
}
