using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Feedback.Neural.StqNet;

/// <summary>A transposed 4x4 convolution to twice the size and a 4x4 convolution of stride 2 back, two planes throughout.</summary>
public sealed class Resampling : nn.Module<Tensor, Tensor>
{
    private readonly Parameter upKernels;
    private readonly Parameter upOffsets;
    private readonly Conv2d down;

    /// <summary>Creates the layers.</summary>
    public Resampling()
        : base(nameof(Resampling))
    {
        upKernels = new Parameter(zeros([2, 2, 4, 4]));
        upOffsets = new Parameter(zeros([2]));
        down = nn.Conv2d(2, 2, kernel_size: 4, stride: 2, padding: 1);
        RegisterComponents();
    }

    /// <summary>Sets the layers so that they give nothing.</summary>
    public void Mute()
    {
        using var frozen = no_grad();
        down.weight.zero_();
    }

    /// <summary>Applies both.</summary>
    /// <param name="input">x, <c>[n, 2, D, A]</c>.</param>
    /// <returns>x, <c>[n, 2, D, A]</c>.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var wide = nn.functional.conv_transpose2d(input, upKernels, upOffsets, strides: [2, 2], padding: [1, 1]);   // [n, 2, 2D, 2A]
        return down.call(wide).MoveToOuterDisposeScope();
    }
}
