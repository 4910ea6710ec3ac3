using static TorchSharp.torch;

namespace Feedback.Neural.CsiNetPlus;

/// <summary>The refinement block of CsiNet+: an image x becomes x + tanh(conv 7x7 2→8, conv 5x5 8→16, conv 3x3 16→2)(x) [CsiNetPlus].</summary>
public sealed class CsiNetPlusBlock : nn.Module<Tensor, Tensor>
{
    /// <summary>Multiply-accumulate operations for each pixel.</summary>
    public const long Operations = 49 * 2 * 8 + 25 * 8 * 16 + 9 * 16 * 2;

    private const double Slope = 0.3;
    private readonly NormalisedConvolution widen;
    private readonly NormalisedConvolution mix;
    private readonly NormalisedConvolution narrow;
    private readonly double imageScale;

    /// <summary>Creates the block.</summary>
    /// <param name="imageScale">κ: values are u where the image is 1/2 + κ·u.</param>
    public CsiNetPlusBlock(double imageScale)
        : base(nameof(CsiNetPlusBlock))
    {
        this.imageScale = imageScale;
        widen = new NormalisedConvolution(2, 8, 7, 7);
        mix = new NormalisedConvolution(8, 16, 5, 5);
        narrow = new NormalisedConvolution(16, 2);
        RegisterComponents();
    }

    /// <summary>Applies the block.</summary>
    /// <param name="input">u, <c>[n, 2, D, A]</c>.</param>
    /// <returns>The refined u, <c>[n, 2, D, A]</c>.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var hidden = nn.functional.leaky_relu(widen.call(input), Slope, inplace: true);
        hidden = nn.functional.leaky_relu(mix.call(hidden), Slope, inplace: true);
        return (input + (narrow.call(hidden) * imageScale).tanh() / imageScale).MoveToOuterDisposeScope();
    }

    /// <summary>Measures the statistics of all layers in order.</summary>
    /// <param name="input">u, <c>[n, 2, D, A]</c>.</param>
    public void Calibrate(Tensor input)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        widen.Calibrate(input);
        var hidden = nn.functional.leaky_relu(widen.call(input), Slope, inplace: true);
        mix.Calibrate(hidden);
        narrow.Calibrate(nn.functional.leaky_relu(mix.call(hidden), Slope, inplace: true));
    }

    /// <summary>Sets the block so that it changes nothing.</summary>
    public void Pass()
    {
        using var frozen = no_grad();
        narrow.Gain.zero_();
    }
}
