using static TorchSharp.torch;

namespace Feedback.Neural.Latents;

/// <summary>A network whose latent values are quantised and coded arithmetically under learned probabilities.</summary>
/// <remarks>
/// <code>
/// crop u [D, A, 2] → Analyse → latents [L] → Quantizer → symbols, coded │ Dequantise → Synthesise → crop û
/// </code>
/// Values are those of a crop of unit mean square. Several receive antennas are rows of the batch.
/// </remarks>
public abstract class LatentNetwork : nn.Module<Tensor, Tensor>, IStartingNetwork
{
    /// <summary>Creates the part that all have in common.</summary>
    /// <param name="name">Name of the module.</param>
    /// <param name="delays">D.</param>
    /// <param name="antennas">A.</param>
    /// <param name="latents">L, latent values of a crop.</param>
    /// <param name="steps">Number of whole steps of the rate knob, at least 1.</param>
    protected LatentNetwork(string name, int delays, int antennas, int latents, int steps)
        : base(name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        (Delays, Antennas, Latents, Steps) = (delays, antennas, latents, steps);
    }

    /// <summary>D, delay rows of the crop.</summary>
    public int Delays { get; }

    /// <summary>A, transmit antennas.</summary>
    public int Antennas { get; }

    /// <summary>L, latent values of a crop.</summary>
    public int Latents { get; }

    /// <summary>Number of whole steps of the rate knob, each for half the λ of the one before.</summary>
    public int Steps { get; }

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

    /// <summary>Both parts with quantisation relaxed so that gradients flow.</summary>
    /// <param name="crops">u, <c>[n, D, A, 2]</c>.</param>
    /// <param name="step">The rate.</param>
    /// <param name="random">The source of noise in the place of quantisation; rounded if there is none.</param>
    /// <returns>û, <c>[n, D, A, 2]</c>, and estimated bits, <c>[n]</c>.</returns>
    public abstract (Tensor Crops, Tensor Bits) Relax(Tensor crops, double step, Generator? random);

    /// <summary>Compresses and rebuilds at step 0.</summary>
    /// <param name="input">u, float32 <c>[n, D, A, 2]</c>.</param>
    /// <returns>û, float32 <c>[n, D, A, 2]</c>.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return Relax(input, 0, null).Crops.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public virtual void Calibrate(Tensor crops)
    {
    }

    /// <inheritdoc/>
    public void StartLinear(Tensor crops, Generator random, int mixing)
    {
    }

    /// <summary>Figures of the network's own for its card.</summary>
    /// <param name="symbols">The symbols of test crops at step 0.</param>
    /// <returns>Names and values.</returns>
    public virtual IEnumerable<(string Name, double Value)> Figures(IReadOnlyList<int[]> symbols) => [];
}
