using Feedback.Neural.Codewords;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Feedback.Neural.CsiNet;

/// <summary>CsiNet: a convolution and a dense layer at the terminal, a dense layer and two refinement blocks at the base station [CsiNet].</summary>
/// <remarks>
/// <code>
/// crop [D, A, 2] → conv 3x3 → leaky ReLU → dense → codeword [M] → dense → RefineNet → RefineNet → conv 3x3 → sigmoid → crop
/// </code>
/// Values are those of a crop of unit mean square u. The output is a sigmoid over an image x = 1/2 + κ·u as in the original, with
/// κ = 1/(4√(2DA)), so that x stays in [1/4, 3/4] for every crop. Tensors run with the channel axis innermost in memory, which
/// halves the time of the convolutions. Several receive antennas are rows of the batch.
/// </remarks>
public sealed class CsiNetNetwork : CodewordNetwork
{
    private readonly NormalisedConvolution terminalConvolution;
    private readonly Linear terminalDense;
    private readonly Linear baseDense;
    private readonly RefineNet firstRefinement;
    private readonly RefineNet secondRefinement;
    private readonly Conv2d output;

    /// <summary>Creates a network with arbitrary weights.</summary>
    /// <param name="architecture">Its size.</param>
    public CsiNetNetwork(CsiNetArchitecture architecture)
        : base(nameof(CsiNetNetwork), SizeOf(architecture))
    {
        ArgumentNullException.ThrowIfNull(architecture);
        Architecture = architecture;
        terminalConvolution = new NormalisedConvolution(2, 2);
        terminalDense = nn.Linear(architecture.Values, architecture.Codeword);
        baseDense = nn.Linear(architecture.Codeword, architecture.Values);
        firstRefinement = new RefineNet();
        secondRefinement = new RefineNet();
        output = nn.Conv2d(2, 2, kernel_size: 3, padding: 1);
        RegisterComponents();
    }

    /// <summary>The size.</summary>
    public CsiNetArchitecture Architecture { get; }

    /// <inheritdoc/>
    public override Linear TerminalDense => terminalDense;

    /// <inheritdoc/>
    public override Linear BaseDense => baseDense;

    private double ImageScale => 0.25 / Math.Sqrt(Architecture.Values);

    /// <inheritdoc/>
    public override Tensor Features(Tensor crops)
    {
        using var scope = NewDisposeScope();
        var planes = terminalConvolution.call(ToPlanes(crops));                      // [n, 2, D, A]
        var rectified = Architecture.TerminalSlope < 1
            ? nn.functional.leaky_relu(planes, Architecture.TerminalSlope, inplace: true)
            : planes;
        return FromPlanes(rectified).reshape(crops.shape[0], -1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Refine(Tensor crops)
    {
        using var scope = NewDisposeScope();
        var refined = secondRefinement.call(firstRefinement.call(ToPlanes(crops)));  // [n, 2, D, A]
        var image = (output.call(refined) * (4 * ImageScale)).sigmoid();
        return (FromPlanes(image - 0.5) / ImageScale).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override void PassTerminal(Tensor crops)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        terminalConvolution.Pass();
        terminalConvolution.Calibrate(ToPlanes(crops));
    }

    /// <inheritdoc/>
    public override void PassRefinement()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        output.weight.zero_();
        output.weight.select(3, 1).select(2, 1).copy_(eye(2, dtype: output.weight.dtype, device: output.weight.device));
        firstRefinement.Pass();
        secondRefinement.Pass();
    }

    /// <inheritdoc/>
    public override void Calibrate(Tensor crops)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        terminalConvolution.Calibrate(ToPlanes(crops));
        var planes = ToPlanes(Expand(Compress(crops)));
        firstRefinement.Calibrate(planes);
        secondRefinement.Calibrate(firstRefinement.call(planes));
    }

    private static CodewordSize SizeOf(CsiNetArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        architecture.Validate();
        return new CodewordSize(architecture.Delays, architecture.Antennas, architecture.Codeword);
    }
}
