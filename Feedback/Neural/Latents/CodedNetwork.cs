using Feedback.Neural.Training;
using static TorchSharp.torch;

namespace Feedback.Neural.Latents;

/// <summary>A network of several rates whose crops end in an arithmetic code: what training needs of it.</summary>
/// <remarks>Values are those of a crop of unit mean square. Several receive antennas are rows of the batch.</remarks>
public abstract class CodedNetwork : nn.Module<Tensor, Tensor>, IStartingNetwork
{
    /// <summary>Creates the part that all have in common.</summary>
    /// <param name="name">Name of the module.</param>
    /// <param name="delays">D.</param>
    /// <param name="antennas">A.</param>
    /// <param name="steps">Number of whole steps of the rate knob, at least 1.</param>
    protected CodedNetwork(string name, int delays, int antennas, int steps)
        : base(name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        (Delays, Antennas, Steps) = (delays, antennas, steps);
    }

    /// <summary>D, delay rows of the crop.</summary>
    public int Delays { get; }

    /// <summary>A, transmit antennas.</summary>
    public int Antennas { get; }

    /// <summary>Number of whole steps of the rate knob, each for half the λ of the one before.</summary>
    public int Steps { get; }

    /// <summary>Terminal and base station with the code's length estimated, so that gradients flow.</summary>
    /// <param name="crops">u, <c>[n, D, A, 2]</c>.</param>
    /// <param name="step">The rate.</param>
    /// <param name="random">The source of noise; without one, as messages have it.</param>
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
    public virtual void StartLinear(Tensor crops, Generator random, int mixing)
    {
    }
}
