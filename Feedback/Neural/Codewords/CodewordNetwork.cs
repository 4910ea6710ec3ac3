using Feedback.Neural.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Feedback.Neural.Codewords;

/// <summary>An autoencoder whose terminal ends in a dense layer and whose base station begins with one.</summary>
/// <remarks>
/// <code>
/// crop u [D, A, 2] → Features → TerminalDense → codeword [M] │ BaseDense → Refine → crop û
/// </code>
/// Values are those of a crop of unit mean square. Several receive antennas are rows of the batch.
/// </remarks>
public abstract class CodewordNetwork : nn.Module<Tensor, Tensor>, IStartingNetwork
{
    /// <summary>Creates the part that all have in common.</summary>
    /// <param name="name">Name of the module.</param>
    /// <param name="size">Its size.</param>
    protected CodewordNetwork(string name, CodewordSize size)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(size);
        Size = size.Validate();
    }

    /// <summary>The size.</summary>
    public CodewordSize Size { get; }

    /// <summary>The terminal's dense layer.</summary>
    public abstract Linear TerminalDense { get; }

    /// <summary>The base station's dense layer.</summary>
    public abstract Linear BaseDense { get; }

    /// <summary>What the terminal's dense layer sees.</summary>
    /// <param name="crops">u of unit mean square, <c>[n, D, A, 2]</c>.</param>
    /// <returns>Features, <c>[n, 2DA]</c>.</returns>
    public abstract Tensor Features(Tensor crops);

    /// <summary>The second step of the base station: refinement.</summary>
    /// <param name="crops">A first û, <c>[n, D, A, 2]</c>.</param>
    /// <returns>û, <c>[n, D, A, 2]</c>.</returns>
    public abstract Tensor Refine(Tensor crops);

    /// <inheritdoc/>
    public abstract void Calibrate(Tensor crops);

    /// <inheritdoc/>
    public void StartLinear(Tensor crops, Generator random, int mixing)
    {
        ArgumentNullException.ThrowIfNull(crops);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        PassTerminal(crops);
        LinearStart.FitTerminal(TerminalDense, Features(crops), random, mixing);
        LinearStart.FitBase(BaseDense, Compress(crops), crops.flatten(1));
        PassRefinement();
        Calibrate(crops.narrow(0, 0, Math.Min(crops.shape[0], 1000)));
    }

    /// <summary>Sets the terminal's convolutions so that they pass values on, as far as they can.</summary>
    /// <param name="crops">Training crops u of unit mean square, float32 <c>[n, D, A, 2]</c>.</param>
    public abstract void PassTerminal(Tensor crops);

    /// <summary>Sets the refinement so that it changes nothing, as far as it can.</summary>
    public abstract void PassRefinement();

    /// <summary>Compresses and rebuilds without quantisation.</summary>
    /// <param name="input">u, float32 <c>[n, D, A, 2]</c>.</param>
    /// <returns>û, float32 <c>[n, D, A, 2]</c>.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return Refine(Expand(Compress(input))).MoveToOuterDisposeScope();
    }

    /// <summary>The terminal's part.</summary>
    /// <param name="crops">u of unit mean square, <c>[n, D, A, 2]</c>.</param>
    /// <returns>Codewords, <c>[n, M]</c>.</returns>
    public Tensor Compress(Tensor crops)
    {
        using var scope = NewDisposeScope();
        return TerminalDense.call(Features(crops)).MoveToOuterDisposeScope();
    }

    /// <summary>The first step of the base station: the dense layer.</summary>
    /// <param name="codewords">Codewords, <c>[n, M]</c>.</param>
    /// <returns>A first û, <c>[n, D, A, 2]</c>.</returns>
    public Tensor Expand(Tensor codewords)
    {
        using var scope = NewDisposeScope();
        return BaseDense.call(codewords).reshape(-1, Size.Delays, Size.Antennas, 2).MoveToOuterDisposeScope();
    }

    /// <summary>Real and imaginary parts as channels of an image.</summary>
    /// <param name="crops">Crops, <c>[n, D, A, 2]</c>.</param>
    /// <returns>A view, <c>[n, 2, D, A]</c>.</returns>
    protected static Tensor ToPlanes(Tensor crops)
    {
        ArgumentNullException.ThrowIfNull(crops);
        return crops.permute(0, 3, 1, 2);
    }

    /// <summary>The inverse of <see cref="ToPlanes"/>.</summary>
    /// <param name="planes">Images, <c>[n, 2, D, A]</c>.</param>
    /// <returns>A view, <c>[n, D, A, 2]</c>.</returns>
    protected static Tensor FromPlanes(Tensor planes)
    {
        ArgumentNullException.ThrowIfNull(planes);
        return planes.permute(0, 2, 3, 1);
    }
}
