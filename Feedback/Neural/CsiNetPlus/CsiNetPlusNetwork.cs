using Feedback.Neural.Codewords;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Feedback.Neural.CsiNetPlus;

/// <summary>CsiNet+: CsiNet with larger kernels, five refinement blocks and the sigmoid before them [CsiNetPlus].</summary>
/// <remarks>
/// <code>
/// crop ─► 7x7 ─► 7x7 ─► dense ─► codeword │ dense ─► 7x7, sigmoid ─► block ─► block ─► block ─► block ─► block ─► crop
/// </code>
/// The scale of input and output is that of <see cref="CsiNet.CsiNetNetwork"/>. The statistics of the base station's 7x7 layer stay 0 and 1, so that
/// it can start as the identity.
/// </remarks>
public sealed class CsiNetPlusNetwork : CodewordNetwork
{
    /// <summary>The largest number of refinement blocks.</summary>
    public const int MostBlocks = 5;

    private readonly NormalisedConvolution firstConvolution;
    private readonly NormalisedConvolution secondConvolution;
    private readonly Linear terminalDense;
    private readonly Linear baseDense;
    private readonly NormalisedConvolution head;
    private readonly CsiNetPlusBlock block1;
    private readonly CsiNetPlusBlock? block2;
    private readonly CsiNetPlusBlock? block3;
    private readonly CsiNetPlusBlock? block4;
    private readonly CsiNetPlusBlock? block5;
    private readonly double slope;

    /// <summary>Creates a network with arbitrary weights.</summary>
    /// <param name="architecture">Its size.</param>
    public CsiNetPlusNetwork(CsiNetPlusArchitecture architecture)
        : base(nameof(CsiNetPlusNetwork), SizeOf(architecture))
    {
        ArgumentNullException.ThrowIfNull(architecture);
        slope = architecture.TerminalSlope;
        firstConvolution = new NormalisedConvolution(2, 2, 7, 7);
        secondConvolution = new NormalisedConvolution(2, 2, 7, 7);
        terminalDense = nn.Linear(Size.Values, Size.Codeword);
        baseDense = nn.Linear(Size.Codeword, Size.Values);
        head = new NormalisedConvolution(2, 2, 7, 7);
        block1 = new CsiNetPlusBlock(ImageScale);
        block2 = architecture.Blocks > 1 ? new CsiNetPlusBlock(ImageScale) : null;
        block3 = architecture.Blocks > 2 ? new CsiNetPlusBlock(ImageScale) : null;
        block4 = architecture.Blocks > 3 ? new CsiNetPlusBlock(ImageScale) : null;
        block5 = architecture.Blocks > 4 ? new CsiNetPlusBlock(ImageScale) : null;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Linear TerminalDense => terminalDense;

    /// <inheritdoc/>
    public override Linear BaseDense => baseDense;

    private double ImageScale => 0.25 / Math.Sqrt(Size.Values);

    private IEnumerable<CsiNetPlusBlock> Blocks => new[] { block1, block2, block3, block4, block5 }.OfType<CsiNetPlusBlock>();

    /// <inheritdoc/>
    public override Tensor Features(Tensor crops)
    {
        using var scope = NewDisposeScope();
        var planes = Rectify(secondConvolution.call(Rectify(firstConvolution.call(ToPlanes(crops)))));
        return FromPlanes(planes).reshape(crops.shape[0], -1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Refine(Tensor crops)
    {
        using var scope = NewDisposeScope();
        var planes = Head(crops);
        foreach (var block in Blocks)
        {
            planes = block.call(planes);
        }
        return FromPlanes(planes).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override void Calibrate(Tensor crops)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        CalibrateTerminal(crops);
        var planes = Head(Expand(Compress(crops)));
        foreach (var block in Blocks)
        {
            block.Calibrate(planes);
            planes = block.call(planes);
        }
    }

    /// <inheritdoc/>
    public override void PassTerminal(Tensor crops)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        firstConvolution.Pass();
        secondConvolution.Pass();
        CalibrateTerminal(crops);
    }

    /// <inheritdoc/>
    public override void PassRefinement()
    {
        head.Pass();
        foreach (var block in Blocks)
        {
            block.Pass();
        }
    }

    private Tensor Head(Tensor crops) => ((head.call(ToPlanes(crops)) * (4 * ImageScale)).sigmoid() - 0.5) / ImageScale;

    private void CalibrateTerminal(Tensor crops)
    {
        firstConvolution.Calibrate(ToPlanes(crops));
        secondConvolution.Calibrate(Rectify(firstConvolution.call(ToPlanes(crops))));
    }

    private Tensor Rectify(Tensor input) => slope < 1 ? nn.functional.leaky_relu(input, slope) : input;

    private static CodewordSize SizeOf(CsiNetPlusArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        return architecture.Validate();
    }
}
