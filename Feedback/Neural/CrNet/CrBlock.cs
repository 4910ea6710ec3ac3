using static TorchSharp.torch;

namespace Feedback.Neural.CrNet;

/// <summary>CRNet's refinement at two resolutions: x + fuse[conv 3x3, 1x9, 9x1 ‖ conv 1x5, 5x1](x), seven channels within [CRNet].</summary>
public sealed class CrBlock : nn.Module<Tensor, Tensor>
{
    /// <summary>Multiply-accumulate operations for each pixel.</summary>
    public const long Operations = 9 * 2 * Inner + 9 * Inner * Inner + 9 * Inner * Inner + 5 * 2 * Inner + 5 * Inner * Inner + 2 * Inner * 2;

    private const int Inner = 7;
    private const double Slope = 0.3;
    private readonly NormalisedConvolution wideSquare;
    private readonly NormalisedConvolution wideRow;
    private readonly NormalisedConvolution wideColumn;
    private readonly NormalisedConvolution narrowRow;
    private readonly NormalisedConvolution narrowColumn;
    private readonly NormalisedConvolution fuse;
    private readonly double pathSlope;

    /// <summary>Creates the block.</summary>
    /// <param name="pathSlope">Slope of the rectifier behind the sum for negative values; 1 leaves it out.</param>
    public CrBlock(double pathSlope)
        : base(nameof(CrBlock))
    {
        this.pathSlope = pathSlope;
        wideSquare = new NormalisedConvolution(2, Inner);
        wideRow = new NormalisedConvolution(Inner, Inner, 1, 9);
        wideColumn = new NormalisedConvolution(Inner, Inner, 9, 1);
        narrowRow = new NormalisedConvolution(2, Inner, 1, 5);
        narrowColumn = new NormalisedConvolution(Inner, Inner, 5, 1);
        fuse = new NormalisedConvolution(2 * Inner, 2, 1, 1);
        RegisterComponents();
    }

    /// <summary>Applies the block.</summary>
    /// <param name="input">x, <c>[n, 2, D, A]</c>.</param>
    /// <returns>The refined x, <c>[n, 2, D, A]</c>.</returns>
    public override Tensor forward(Tensor input) => Run(input, calibrate: false);

    /// <summary>Measures the statistics of all layers in order.</summary>
    /// <param name="input">x, <c>[n, 2, D, A]</c>.</param>
    public void Calibrate(Tensor input)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Run(input, calibrate: true);
    }

    /// <summary>Sets the block so that it changes nothing but for the rectifier.</summary>
    public void Pass()
    {
        using var frozen = no_grad();
        fuse.Gain.zero_();
    }

    private Tensor Run(Tensor input, bool calibrate)
    {
        using var scope = NewDisposeScope();
        var wide = Apply(wideColumn, Rectify(Apply(wideRow, Rectify(Apply(wideSquare, input, calibrate)), calibrate)), calibrate);
        var narrow = Apply(narrowColumn, Rectify(Apply(narrowRow, input, calibrate)), calibrate);
        var sum = input + Apply(fuse, Rectify(cat([wide, narrow], 1)), calibrate);
        return (pathSlope < 1 ? nn.functional.leaky_relu(sum, pathSlope, inplace: true) : sum).MoveToOuterDisposeScope();
    }

    private static Tensor Apply(NormalisedConvolution layer, Tensor input, bool calibrate)
    {
        if (calibrate)
            layer.Calibrate(input);
        return layer.call(input);
    }

    private static Tensor Rectify(Tensor input) => nn.functional.leaky_relu(input, Slope, inplace: true);
}
