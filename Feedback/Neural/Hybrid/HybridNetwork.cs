using Feedback.Neural.Latents;
using Feedback.Transform;
using static TorchSharp.torch;

namespace Feedback.Neural.Hybrid;

/// <summary>Angular-delay coefficients under a learned prior, rebuilt by a network of attention and convolutions.</summary>
/// <remarks>
/// <code>
/// crop ─► ÷Δ, dead zone, each level weighed against its bits ─► levels ─► arithmetic code under <see cref="LevelPrior"/>
///    levels, and what was expected of them ─► <see cref="Refinement"/> ─► ·Δ ─► crop
/// </code>
/// The bits that training sees are those of the quantised levels themselves.
/// </remarks>
internal sealed class HybridNetwork : CodedNetwork
{
    private const double Edge = DeadZone.Rounding;
    private const double Smallest = 1e-9;
    private readonly LevelPrior prior;
    private readonly Refinement refinement;

    public HybridNetwork(HybridArchitecture architecture)
        : base(nameof(HybridNetwork), architecture.Delays, architecture.Antennas, DeadZone.Steps)
    {
        Architecture = architecture;
        prior = new LevelPrior(architecture);
        refinement = new Refinement(architecture);
        RegisterComponents();
    }

    public HybridArchitecture Architecture { get; }

    /// <summary>The prior as plain numbers.</summary>
    public PriorEvaluator Evaluator() => new(Architecture, prior.state_dict());

    /// <summary>The refinement as plain numbers.</summary>
    public RefinementEvaluator Rebuilder() => new(Architecture, refinement.state_dict());

    /// <summary>Rebuilds crops from levels and mean, scale and chance of zero of each: <c>[n, 2, D, A]</c>, <c>[n, 6, D, A]</c>, <c>[n, 1, 1, 1]</c> to <c>[n, 2, D, A]</c>.</summary>
    public Tensor Rebuild(Tensor levels, Tensor expected, Tensor step)
    {
        using var scope = NewDisposeScope();
        return (refinement.call(levels, expected, step) * (step * (-0.5 * Math.Log(2))).exp() * DeadZone.Coarsest).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override (Tensor Crops, Tensor Bits) Relax(Tensor crops, double step, Generator? random)
    {
        using var scope = NewDisposeScope();
        var width = DeadZone.Width(step);
        // As the scale leaves crops: an eighth of an octave below unit mean square or less.
        var loudness = random is null ? 1.0 : Math.Pow(2, -rand([16], dtype: ScalarType.Float64, generator: random)[0].item<double>() / 8);
        var values = crops.flatten(1, 2) * (loudness / width);                       // [n, D·A, 2]
        var levels = Choose(values, step);
        var outlook = prior.call(levels, step);
        var bits = Bits(levels, outlook).sum([1L, 2L]);
        var rate = full([1, 1, 1, 1], step, dtype: crops.dtype, device: crops.device).expand(crops.shape[0], 1, 1, 1);
        var rebuilt = Rebuild(Image(levels), Image(Expected(outlook.detach())), rate) / loudness;
        return (rebuilt.permute(0, 2, 3, 1).MoveToOuterDisposeScope(), bits.MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public override void Calibrate(Tensor crops) => refinement.Start();

    // The plain level, one less or zero, whichever costs least under what plain levels let expect.
    private Tensor Choose(Tensor values, double step)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var plain = values.sign() * (values.abs() + Edge).floor();
        var outlook = prior.call(plain, step);
        var best = zeros_like(plain);
        var cost = values.square() + Bits(best, outlook) * DeadZone.Price;
        foreach (var less in new[] { 1, 0 })
        {
            var level = values.sign() * (plain.abs() - less).clamp_min(0);
            var found = (values - level - level.sign() * DeadZone.Centroid).square() + Bits(level, outlook) * DeadZone.Price;
            var better = found.lt(cost);
            (best, cost) = (where(better, level, best), where(better, found, cost));
        }
        return best.MoveToOuterDisposeScope();
    }

    /// <summary>Bits of levels <c>[n, P, 2]</c> under what is expected of them <c>[n, P, 2, 6]</c>.</summary>
    internal static Tensor Bits(Tensor levels, Tensor outlook)
    {
        using var scope = NewDisposeScope();
        var zero = outlook.select(-1, 0);
        var means = outlook.narrow(-1, 1, 2);
        var inverses = (outlook.narrow(-1, 3, 2) * -Math.Log(2)).exp();
        var share = outlook.select(-1, 5).sigmoid();
        var sign = levels.sign();
        var magnitude = levels.abs();
        var right = Above(magnitude - Edge, sign);
        var mass = right - Above(magnitude + (1 - Edge), sign);
        var tails = Above(ones_like(levels) * (1 - Edge), ones_like(levels)) + Above(ones_like(levels) * (1 - Edge), -ones_like(levels));
        var other = -(-zero).sigmoid().clamp_min(Smallest).log2() - mass.clamp_min(Smallest).log2() + tails.clamp_min(Smallest).log2();
        return where(levels.eq(0), -zero.sigmoid().clamp_min(Smallest).log2(), other).MoveToOuterDisposeScope();

        Tensor Above(Tensor edge, Tensor side)
        {
            var parts = ((side.unsqueeze(-1) * means - edge.unsqueeze(-1)) * inverses).sigmoid();
            return share * parts.select(-1, 0) + (1 - share) * parts.select(-1, 1);
        }
    }

    // Mean, scale and chance of zero of both parts, squashed: [n, P, 2, 6] to [n, P, 6].
    private static Tensor Expected(Tensor outlook)
    {
        var share = outlook.select(-1, 5).sigmoid();
        var mean = share * outlook.select(-1, 1) + (1 - share) * outlook.select(-1, 2);
        var scales = (outlook.narrow(-1, 3, 2) * Math.Log(2)).exp();
        var scale = share * scales.select(-1, 0) + (1 - share) * scales.select(-1, 1);
        return cat([mean / (mean.abs() + 4), scale / (scale + 1), outlook.select(-1, 0).sigmoid()], -1);
    }

    // [n, D·A, C] to [n, C, D, A].
    private Tensor Image(Tensor bins) => bins.transpose(1, 2).reshape(bins.shape[0], -1, Delays, Antennas);
}
