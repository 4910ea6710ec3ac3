using Feedback.Transform;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Feedback.Neural.Hybrid;

/// <summary>The base station's network: what the values are likely to have been, all levels and what was expected of them being known.</summary>
/// <remarks>
/// <code>
/// levels ─► 5x7 ─► x/(1+|x|) ─┐
/// sizes, outlook, step ─► 3x3 ┴─► blocks of attention and convolutions ─► 3x3 ─► correction in units of the step
/// </code>
/// </remarks>
internal sealed class Refinement : nn.Module<Tensor, Tensor, Tensor, Tensor>
{
    /// <summary>Planes besides the levels: size, mean, scale and chance of zero of both parts, step.</summary>
    public const int Outlooks = 8;

    private readonly Conv2d linear;
    private readonly Conv2d outlook;
    private readonly nn.Module<Tensor, Tensor>[] blocks;
    private readonly Conv2d output;

    public Refinement(HybridArchitecture architecture)
        : base(nameof(Refinement))
    {
        linear = nn.Conv2d(2, architecture.Channels, (5, 7), padding: (2L, 3L));
        outlook = nn.Conv2d(Outlooks, architecture.Channels, kernel_size: 3, padding: 1);
        blocks = [.. Enumerable.Range(0, architecture.Blocks).Select(_ => new RefinementBlock(architecture))];
        output = nn.Conv2d(architecture.Channels, 2, kernel_size: 3, padding: 1);
        RegisterComponents();
        foreach (var (index, block) in blocks.Index())
            register_module($"block{index}", block);
    }

    /// <summary>Begins without any correction.</summary>
    public void Start()
    {
        using var frozen = no_grad();
        output.weight!.zero_();
        output.bias!.zero_();
    }

    /// <summary>Rebuilds values.</summary>
    /// <param name="levels">q, <c>[n, 2, D, A]</c>.</param>
    /// <param name="expected">Mean, scale and chance of zero, <c>[n, 6, D, A]</c>.</param>
    /// <param name="step">The rates, <c>[n, 1, 1, 1]</c>.</param>
    /// <returns>Values in units of the step, <c>[n, 2, D, A]</c>.</returns>
    public override Tensor forward(Tensor levels, Tensor expected, Tensor step)
    {
        using var scope = NewDisposeScope();
        var size = (levels.abs().sum(1, keepdim: true) + 1).log() / 4;
        var known = cat([size, expected, (step / 16).expand_as(size)], 1);
        var mixed = linear.call(levels);
        var image = mixed / (mixed.abs() + 1) + outlook.call(known);
        foreach (var block in blocks)
            image = block.call(image);
        var plain = levels + levels.sign() * DeadZone.Centroid;
        return (plain + output.call(nn.functional.leaky_relu(image, LevelPrior.Slope))).MoveToOuterDisposeScope();
    }
}
