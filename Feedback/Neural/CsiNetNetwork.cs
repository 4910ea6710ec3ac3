using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Feedback.Neural;

/// <summary>CsiNet: a convolution and a dense layer at the terminal, a dense layer and two refinement blocks at the base station [CsiNet].</summary>
/// <remarks>
/// <code>
/// crop [D, A, 2] → conv 3x3 → leaky ReLU → dense → codeword [M] → dense → RefineNet → RefineNet → conv 3x3 → sigmoid → crop
/// </code>
/// Values are those of a crop of unit mean square u. The output is a sigmoid over an image x = 1/2 + κ·u as in the original, with
/// κ = 1/(4√(2DA)), so that x stays in [1/4, 3/4] for every crop. Tensors run with the channel axis innermost in memory, which
/// halves the time of the convolutions. Several receive antennas are rows of the batch.
/// </remarks>
public sealed class CsiNetNetwork : nn.Module<Tensor, Tensor>
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
        : base(nameof(CsiNetNetwork))
    {
        ArgumentNullException.ThrowIfNull(architecture);
        Architecture = architecture.Validate();
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

    /// <summary>The terminal's convolution.</summary>
    public NormalisedConvolution TerminalConvolution => terminalConvolution;

    /// <summary>The terminal's dense layer.</summary>
    public Linear TerminalDense => terminalDense;

    /// <summary>The base station's dense layer.</summary>
    public Linear BaseDense => baseDense;

    /// <summary>The refinement blocks in order.</summary>
    public IReadOnlyList<RefineNet> Refinements => [firstRefinement, secondRefinement];

    /// <summary>The last convolution.</summary>
    public Conv2d Output => output;

    private double ImageScale => 0.25 / Math.Sqrt(Architecture.Values);

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
        return terminalDense.call(Features(crops)).MoveToOuterDisposeScope();
    }

    /// <summary>What the terminal's dense layer sees.</summary>
    /// <param name="crops">u of unit mean square, <c>[n, D, A, 2]</c>.</param>
    /// <returns>Features, <c>[n, 2DA]</c>.</returns>
    public Tensor Features(Tensor crops)
    {
        using var scope = NewDisposeScope();
        var planes = terminalConvolution.call(ToPlanes(crops));                      // [n, 2, D, A]
        var rectified = Architecture.TerminalSlope < 1
            ? nn.functional.leaky_relu(planes, Architecture.TerminalSlope, inplace: true)
            : planes;
        return FromPlanes(rectified).reshape(crops.shape[0], -1).MoveToOuterDisposeScope();
    }

    /// <summary>The first step of the base station: the dense layer.</summary>
    /// <param name="codewords">Codewords, <c>[n, M]</c>.</param>
    /// <returns>A first û, <c>[n, D, A, 2]</c>.</returns>
    public Tensor Expand(Tensor codewords)
    {
        using var scope = NewDisposeScope();
        return baseDense.call(codewords).reshape(-1, Architecture.Delays, Architecture.Antennas, 2).MoveToOuterDisposeScope();
    }

    /// <summary>The second step of the base station: refinement.</summary>
    /// <param name="crops">A first û, <c>[n, D, A, 2]</c>.</param>
    /// <returns>û, <c>[n, D, A, 2]</c>.</returns>
    public Tensor Refine(Tensor crops)
    {
        using var scope = NewDisposeScope();
        var refined = secondRefinement.call(firstRefinement.call(ToPlanes(crops)));  // [n, 2, D, A]
        var image = (output.call(refined) * (4 * ImageScale)).sigmoid();
        return (FromPlanes(image - 0.5) / ImageScale).MoveToOuterDisposeScope();
    }

    /// <summary>Measures the statistics of all normalised convolutions in order.</summary>
    /// <param name="crops">u of unit mean square, float32 <c>[n, D, A, 2]</c>.</param>
    public void Calibrate(Tensor crops)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        terminalConvolution.Calibrate(ToPlanes(crops));
        var planes = ToPlanes(Expand(Compress(crops)));
        firstRefinement.Calibrate(planes);
        secondRefinement.Calibrate(firstRefinement.call(planes));
    }

    private static Tensor ToPlanes(Tensor crops) => crops.permute(0, 3, 1, 2);       // [n, 2, D, A]

    private static Tensor FromPlanes(Tensor planes) => planes.permute(0, 2, 3, 1);   // [n, D, A, 2]
}
