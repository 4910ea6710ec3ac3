using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Feedback.Neural.Hybrid;

/// <summary>Attention along delays, along angles, then two convolutions, each added to what came in.</summary>
internal sealed class RefinementBlock : nn.Module<Tensor, Tensor>
{
    private readonly AxialAttention delays;
    private readonly AxialAttention angles;
    private readonly Conv2d convolution1;
    private readonly Conv2d convolution2;

    public RefinementBlock(HybridArchitecture architecture)
        : base(nameof(RefinementBlock))
    {
        delays = new AxialAttention(architecture.Channels, architecture.Delays);
        angles = new AxialAttention(architecture.Channels, architecture.Antennas);
        convolution1 = nn.Conv2d(architecture.Channels, architecture.Channels, kernel_size: 3, padding: 1);
        convolution2 = nn.Conv2d(architecture.Channels, architecture.Channels, kernel_size: 3, padding: 1);
        RegisterComponents();
    }

    /// <summary>x <c>[n, C, D, A]</c>.</summary>
    public override Tensor forward(Tensor image)
    {
        using var scope = NewDisposeScope();
        var lines = angles.call(image.permute(0, 2, 3, 1));                          // [n, D, A, C]
        var attended = delays.call(lines.transpose(1, 2)).permute(0, 3, 2, 1).contiguous();
        var inner = nn.functional.leaky_relu(convolution1.call(nn.functional.leaky_relu(attended, LevelPrior.Slope)), LevelPrior.Slope);
        return (attended + convolution2.call(inner)).MoveToOuterDisposeScope();
    }
}
