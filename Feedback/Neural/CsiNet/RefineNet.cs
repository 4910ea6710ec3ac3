using static TorchSharp.torch;

namespace Feedback.Neural.CsiNet;

/// <summary>CsiNet's refinement block: x + (conv 2→8, conv 8→16, conv 16→2)(x) [CsiNet].</summary>
/// <remarks>
/// The rectifier that the original applies after the sum acts on values around 0.5, all of them positive, and so does nothing;
/// here the values lie around zero, hence it is left out.
/// </remarks>
public sealed class RefineNet : nn.Module<Tensor, Tensor>
{
    private const double Slope = 0.3;
    private readonly NormalisedConvolution widen;
    private readonly NormalisedConvolution mix;
    private readonly NormalisedConvolution narrow;

    /// <summary>Creates the block.</summary>
    public RefineNet()
        : base(nameof(RefineNet))
    {
        widen = new NormalisedConvolution(2, 8);
        mix = new NormalisedConvolution(8, 16);
        narrow = new NormalisedConvolution(16, 2);
        RegisterComponents();
    }

    /// <summary>Sets the block so that it changes nothing.</summary>
    public void Pass()
    {
        using var frozen = no_grad();
        narrow.Gain.zero_();
    }

    /// <summary>Applies the block.</summary>
    /// <param name="input">x, <c>[n, 2, D, A]</c>.</param>
    /// <returns>The refined x, <c>[n, 2, D, A]</c>.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var hidden = nn.functional.leaky_relu(widen.call(input), Slope, inplace: true);
        hidden = nn.functional.leaky_relu(mix.call(hidden), Slope, inplace: true);
        return (input + narrow.call(hidden)).MoveToOuterDisposeScope();
    }

    /// <summary>Measures the statistics of all layers in order.</summary>
    /// <param name="input">x, <c>[n, 2, D, A]</c>.</param>
    public void Calibrate(Tensor input)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        widen.Calibrate(input);
        var hidden = nn.functional.leaky_relu(widen.call(input), Slope, inplace: true);
        mix.Calibrate(hidden);
        narrow.Calibrate(nn.functional.leaky_relu(mix.call(hidden), Slope, inplace: true));
    }
}
