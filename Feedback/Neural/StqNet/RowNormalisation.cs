using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Feedback.Neural.StqNet;

/// <summary>Layer normalisation along the last axis.</summary>
public sealed class RowNormalisation : nn.Module<Tensor, Tensor>
{
    private readonly Parameter offset;
    private readonly Parameter gain;
    private readonly long width;

    /// <summary>Creates the layer.</summary>
    /// <param name="width">Length of the last axis.</param>
    public RowNormalisation(long width)
        : base(nameof(RowNormalisation))
    {
        this.width = width;
        gain = new Parameter(ones([width]));
        offset = new Parameter(zeros([width]));
        RegisterComponents();
    }

    /// <summary>The gain of each value, float32 <c>[width]</c>.</summary>
    public Parameter Gain => gain;

    /// <summary>The offset of each value, float32 <c>[width]</c>.</summary>
    public Parameter Offset => offset;

    /// <summary>Applies the layer.</summary>
    /// <param name="input">x, <c>[..., width]</c>.</param>
    /// <returns>x of zero mean and unit variance along the last axis, scaled and shifted, <c>[..., width]</c>.</returns>
    public override Tensor forward(Tensor input) => nn.functional.layer_norm(input, [width], gain, offset);
}
