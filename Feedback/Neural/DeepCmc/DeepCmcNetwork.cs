using Feedback.Neural.Latents;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Feedback.Neural.DeepCmc;

/// <summary>A slim fully convolutional codec in the manner of DeepCMC, with a factorised prior on its latent values [DeepCMC].</summary>
/// <remarks>
/// <code>
/// crop ─► 9x9 ÷2 ─► 5x5 ÷2 ─► 5x5 ─► y ─► · gain, round ─► symbols
///    ÷ gain ─► 5x5 ─┬► residual 5x5, 5x5 ─► residual 5x5, 5x5 ─► + ─► 4x4 ·2 ─► 4x4 ·2 ─► 9x9 ─► crop
///                   └────────────────────────────────────────────┘
/// </code>
/// With several rates, each latent channel has a gain for each of them, between which the logarithm is interpolated; the prior is one of y itself.
/// </remarks>
public sealed class DeepCmcNetwork : LatentNetwork
{
    private const double Slope = 0.1;
    private const double FirstGain = 0.5;
    private readonly DeepCmcArchitecture architecture;
    private readonly Conv2d analysis1;
    private readonly Conv2d analysis2;
    private readonly Conv2d analysis3;
    private readonly Parameter gains;
    private readonly LogisticMixture prior;
    private readonly Conv2d synthesis;
    private readonly Conv2d residual1;
    private readonly Conv2d residual2;
    private readonly Conv2d residual3;
    private readonly Conv2d residual4;
    private readonly Parameter upKernels1;
    private readonly Parameter upOffsets1;
    private readonly Parameter upKernels2;
    private readonly Parameter upOffsets2;
    private readonly Conv2d output;

    /// <summary>Creates a network with arbitrary weights.</summary>
    /// <param name="architecture">Its size.</param>
    public DeepCmcNetwork(DeepCmcArchitecture architecture)
        : base(nameof(DeepCmcNetwork), Valid(architecture).Delays, architecture.Antennas, architecture.LatentChannels * architecture.Places, architecture.Rates)
    {
        this.architecture = architecture;
        var (channels, latents) = (architecture.Channels, architecture.LatentChannels);
        analysis1 = nn.Conv2d(2, channels, kernel_size: 9, stride: 2, padding: 4);
        analysis2 = nn.Conv2d(channels, channels, kernel_size: 5, stride: 2, padding: 2);
        analysis3 = nn.Conv2d(channels, latents, kernel_size: 5, padding: 2);
        gains = new Parameter(zeros([architecture.Rates, latents]));
        prior = new LogisticMixture(latents);
        synthesis = nn.Conv2d(latents, channels, kernel_size: 5, padding: 2);
        residual1 = nn.Conv2d(channels, channels, kernel_size: 5, padding: 2);
        residual2 = nn.Conv2d(channels, channels, kernel_size: 5, padding: 2);
        residual3 = nn.Conv2d(channels, channels, kernel_size: 5, padding: 2);
        residual4 = nn.Conv2d(channels, channels, kernel_size: 5, padding: 2);
        upKernels1 = new Parameter(zeros([channels, channels, 4, 4]));
        upOffsets1 = new Parameter(zeros([channels]));
        upKernels2 = new Parameter(zeros([channels, 2, 4, 4]));
        upOffsets2 = new Parameter(zeros([2]));
        output = nn.Conv2d(2, 2, kernel_size: 9, padding: 4);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override ILatentQuantizer Quantizer()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var logarithms = gains.to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray().Chunk(architecture.LatentChannels).ToArray();
        return new GainQuantizer(logarithms, architecture.Places, FirstGain);
    }

    /// <inheritdoc/>
    public override Tensor Analyse(Tensor crops)
    {
        ArgumentNullException.ThrowIfNull(crops);
        using var scope = NewDisposeScope();
        var inner = Rectify(analysis2.call(Rectify(analysis1.call(crops.permute(0, 3, 1, 2)))));
        return analysis3.call(inner).flatten(1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Synthesise(Tensor latents)
    {
        ArgumentNullException.ThrowIfNull(latents);
        using var scope = NewDisposeScope();
        var planes = latents.reshape(-1, architecture.LatentChannels, Delays / DeepCmcArchitecture.Stride, Antennas / DeepCmcArchitecture.Stride);
        var first = Rectify(synthesis.call(planes));
        var second = first + residual2.call(Rectify(residual1.call(first)));
        var third = first + second + residual4.call(Rectify(residual3.call(second)));
        var wide = Rectify(nn.functional.conv_transpose2d(third, upKernels1, upOffsets1, strides: [2, 2], padding: [1, 1]));
        var whole = nn.functional.conv_transpose2d(wide, upKernels2, upOffsets2, strides: [2, 2], padding: [1, 1]);
        return (whole + output.call(whole)).permute(0, 2, 3, 1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override (Tensor Crops, Tensor Bits) Relax(Tensor crops, double step, Generator? random)
    {
        using var scope = NewDisposeScope();
        var latents = Analyse(crops).reshape(crops.shape[0], architecture.LatentChannels, -1);    // [n, K, P]
        var gain = GainsAt(step).reshape(1, -1, 1);
        var scaled = latents * gain;
        var symbols = random is null ? scaled + (scaled.round() - scaled).detach() : scaled + Noise(scaled, random);
        var bits = prior.Bits(symbols, gain);
        var rebuilt = Synthesise((symbols / gain).flatten(1));
        return (rebuilt.MoveToOuterDisposeScope(), bits.MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public override void Calibrate(Tensor crops)
    {
        using var frozen = no_grad();
        gains.zero_();
    }

    private Tensor GainsAt(double step)
    {
        var (first, share) = GainQuantizer.Between(step, Steps);
        var learned = gains.select(0, first) * (1 - share) + gains.select(0, Math.Min(first + 1, Steps - 1)) * share;
        return (learned + GainQuantizer.Usual(step, FirstGain)).exp();
    }

    private static Tensor Noise(Tensor like, Generator random)
    {
        using var scope = NewDisposeScope();
        var uniform = rand([Math.Max(16, like.numel())], dtype: ScalarType.Float64, generator: random).narrow(0, 0, like.numel());
        return (uniform - 0.5).to(like.dtype).to(like.device).reshape(like.shape).MoveToOuterDisposeScope();
    }

    private static Tensor Rectify(Tensor input) => nn.functional.leaky_relu(input, Slope);

    private static DeepCmcArchitecture Valid(DeepCmcArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        return architecture.Validate();
    }
}
