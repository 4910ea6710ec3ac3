using Feedback.Neural.Codewords;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Feedback.Neural.CrNet;

/// <summary>CRNet: convolutions at two resolutions at both ends, a dense layer between them [CRNet].</summary>
/// <remarks>
/// <code>
/// crop ─┬► 3x3 ─► 1x9 ─► 9x1 ─┬► fuse 1x1 ─► dense ─► codeword │ dense ─► 5x5 ─► CrBlock ─► CrBlock ─► sigmoid ─► crop
///       └► 3x3 ───────────────┘
/// </code>
/// The scale of input and output is that of <see cref="CsiNet.CsiNetNetwork"/>. The statistics of the 5x5 layer stay 0 and 1, so that it can start as the identity.
/// </remarks>
public sealed class CrNetNetwork : CodewordNetwork
{
    private const double Slope = 0.3;
    private readonly NormalisedConvolution wideSquare;
    private readonly NormalisedConvolution wideRow;
    private readonly NormalisedConvolution wideColumn;
    private readonly NormalisedConvolution narrow;
    private readonly NormalisedConvolution fuse;
    private readonly Linear terminalDense;
    private readonly Linear baseDense;
    private readonly NormalisedConvolution head;
    private readonly CrBlock firstBlock;
    private readonly CrBlock secondBlock;
    private readonly double pathSlope;

    /// <summary>Creates a network with arbitrary weights.</summary>
    /// <param name="architecture">Its size.</param>
    public CrNetNetwork(CrNetArchitecture architecture)
        : base(nameof(CrNetNetwork), SizeOf(architecture))
    {
        ArgumentNullException.ThrowIfNull(architecture);
        pathSlope = architecture.PathSlope;
        wideSquare = new NormalisedConvolution(2, 2);
        wideRow = new NormalisedConvolution(2, 2, 1, 9);
        wideColumn = new NormalisedConvolution(2, 2, 9, 1);
        narrow = new NormalisedConvolution(2, 2);
        fuse = new NormalisedConvolution(4, 2, 1, 1);
        terminalDense = nn.Linear(Size.Values, Size.Codeword);
        baseDense = nn.Linear(Size.Codeword, Size.Values);
        head = new NormalisedConvolution(2, 2, 5, 5);
        firstBlock = new CrBlock(pathSlope);
        secondBlock = new CrBlock(pathSlope);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Linear TerminalDense => terminalDense;

    /// <inheritdoc/>
    public override Linear BaseDense => baseDense;

    private double ImageScale => 0.25 / Math.Sqrt(Size.Values);

    /// <inheritdoc/>
    public override Tensor Features(Tensor crops)
    {
        using var scope = NewDisposeScope();
        return Encode(ToPlanes(crops), calibrate: false).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Refine(Tensor crops)
    {
        using var scope = NewDisposeScope();
        var planes = secondBlock.call(firstBlock.call(Rectify(head.call(ToPlanes(crops)), pathSlope)));
        return (FromPlanes((planes * (4 * ImageScale)).sigmoid() - 0.5) / ImageScale).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override void Calibrate(Tensor crops)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Encode(ToPlanes(crops), calibrate: true);
        var planes = Rectify(head.call(ToPlanes(Expand(Compress(crops)))), pathSlope);
        firstBlock.Calibrate(planes);
        secondBlock.Calibrate(firstBlock.call(planes));
    }

    /// <inheritdoc/>
    public override void PassTerminal(Tensor crops)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var layer in new[] { wideSquare, wideRow, wideColumn, fuse })
        {
            layer.Pass();
        }
        Encode(ToPlanes(crops), calibrate: true);
    }

    /// <inheritdoc/>
    public override void PassRefinement()
    {
        head.Pass();
        firstBlock.Pass();
        secondBlock.Pass();
    }

    private Tensor Encode(Tensor planes, bool calibrate)
    {
        var wide = Apply(wideColumn, Rectify(Apply(wideRow, Rectify(Apply(wideSquare, planes, calibrate), InnerSlope), calibrate), InnerSlope), calibrate);
        var both = cat([wide, Apply(narrow, planes, calibrate)], 1);
        return FromPlanes(Rectify(Apply(fuse, Rectify(both, pathSlope), calibrate), pathSlope)).reshape(planes.shape[0], -1);
    }

    // Without rectifiers on the path the terminal can start linear; with them all have the original's slope.
    private double InnerSlope => pathSlope < 1 ? Slope : 1;

    private static Tensor Apply(NormalisedConvolution layer, Tensor input, bool calibrate)
    {
        if (calibrate)
            layer.Calibrate(input);
        return layer.call(input);
    }

    private static Tensor Rectify(Tensor input, double slope) => slope < 1 ? nn.functional.leaky_relu(input, slope) : input;

    private static CodewordSize SizeOf(CrNetArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        return architecture.Validate();
    }
}
