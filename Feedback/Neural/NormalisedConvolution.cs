using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Feedback.Neural;

/// <summary>A convolution with batch normalisation whose statistics are measured once and then kept.</summary>
/// <remarks>
/// y = γ·(w∗x - μ)/√(σ²+ε) + β is computed as one convolution with scaled weights. Live batch statistics would cost as much
/// time as the convolutions themselves, and they tie the rows of a batch together.
/// </remarks>
public sealed class NormalisedConvolution : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d convolution;
    private readonly BatchNorm2d normalisation;

    /// <summary>Creates the layer.</summary>
    /// <param name="inputs">Input channels, at least 1.</param>
    /// <param name="outputs">Output channels, at least 1.</param>
    /// <param name="height">Rows of a kernel, odd.</param>
    /// <param name="width">Columns of a kernel, odd.</param>
    public NormalisedConvolution(int inputs, int outputs, int height = 3, int width = 3)
        : base(nameof(NormalisedConvolution))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        convolution = nn.Conv2d(inputs, outputs, kernel_size: (height, width), padding: (height / 2, width / 2), bias: false);
        normalisation = nn.BatchNorm2d(outputs);
        RegisterComponents();
    }

    /// <summary>w, the kernels, float32 <c>[outputs, inputs, height, width]</c>.</summary>
    public Parameter Kernels => convolution.weight;

    /// <summary>γ, the gain of each output, float32 <c>[outputs]</c>.</summary>
    public Parameter Gain => normalisation.weight!;

    /// <summary>β, the offset of each output, float32 <c>[outputs]</c>.</summary>
    public Parameter Offset => normalisation.bias!;

    /// <summary>Applies the layer.</summary>
    /// <param name="input">x, <c>[n, inputs, D, A]</c>.</param>
    /// <returns>y, <c>[n, outputs, D, A]</c>.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var scale = normalisation.weight! * (normalisation.running_var! + normalisation.eps).rsqrt();   // [outputs]
        var kernels = convolution.weight * scale.reshape(-1, 1, 1, 1);
        var offset = normalisation.bias! - normalisation.running_mean! * scale;
        return nn.functional.conv2d(input, kernels, offset, padding: [Kernels.shape[2] / 2, Kernels.shape[3] / 2]).MoveToOuterDisposeScope();
    }

    /// <summary>Sets the kernels so that outputs are inputs, as far as there are as many.</summary>
    public void Pass()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Kernels.zero_();
        Kernels.select(3, Kernels.shape[3] / 2).select(2, Kernels.shape[2] / 2)
            .copy_(eye(Kernels.shape[0], Kernels.shape[1], dtype: Kernels.dtype, device: Kernels.device));
    }

    /// <summary>Measures μ and σ² of the convolution's output.</summary>
    /// <param name="input">x, <c>[n, inputs, D, A]</c>.</param>
    public void Calibrate(Tensor input)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var response = convolution.call(input);                                     // [n, outputs, D, A]
        var mean = response.mean([0, 2, 3], keepdim: true);
        normalisation.running_mean!.copy_(mean.flatten());
        normalisation.running_var!.copy_((response - mean).square().mean([0, 2, 3]));
    }
}
