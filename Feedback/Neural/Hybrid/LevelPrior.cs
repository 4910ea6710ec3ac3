using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Feedback.Neural.Hybrid;

/// <summary>Expects the level of each bin from the levels coded before it.</summary>
/// <remarks>
/// <code>
/// levels around (complex) ─► J linear predictors P ─┐
/// their sizes ──────────────────────────────────────┼─► hidden ─┬─► hidden ─► real part: zero, two scales, share, gates of P
/// energy left, row, column, step ───────────────────┘           └─► hidden ─► imaginary part, the real one being known
/// </code>
/// Means are gates times predictors, so that they turn with the phase of what is around. <see cref="PriorEvaluator"/> does the same bin by bin.
/// </remarks>
internal sealed class LevelPrior : nn.Module<Tensor, double, Tensor>
{
    /// <summary>Outputs of each part besides the gates: zero, two scales, share.</summary>
    public const int Fixed = 4;

    /// <summary>Slope of the rectifiers below zero.</summary>
    public const float Slope = 0.125f;

    /// <summary>Decay of what a column held, a row of delay.</summary>
    public const float Decay = 0.75f;

    private const int Sums = 8;
    private readonly HybridArchitecture architecture;
    private readonly Tensor places;
    private readonly Parameter real;
    private readonly Parameter imaginary;
    private readonly Parameter rows;
    private readonly Parameter columns;
    private readonly Linear first;
    private readonly Linear second;
    private readonly Linear third;
    private readonly Linear secondImaginary;
    private readonly Linear extraImaginary;
    private readonly Linear thirdImaginary;

    public LevelPrior(HybridArchitecture architecture)
        : base(nameof(LevelPrior))
    {
        this.architecture = architecture;
        var (predictors, hidden) = (architecture.Predictors, architecture.Hidden);
        var causal = new CausalPlaces(architecture.Delays, architecture.Antennas);
        places = tensor(causal.All.Select(place => (long)place).ToArray());
        places.DetachFromDisposeScope();
        real = new Parameter(zeros([CausalPlaces.Count, predictors]));
        imaginary = new Parameter(zeros([CausalPlaces.Count, predictors]));
        rows = new Parameter(zeros([architecture.Delays, hidden]));
        columns = new Parameter(zeros([architecture.Antennas, hidden]));
        first = nn.Linear(InputsOf(predictors), hidden, hasBias: false);
        second = nn.Linear(hidden, hidden);
        third = nn.Linear(hidden, OutputsOf(predictors));
        secondImaginary = nn.Linear(hidden, hidden);
        extraImaginary = nn.Linear(ExtrasOf(predictors), hidden, hasBias: false);
        thirdImaginary = nn.Linear(hidden, OutputsOf(predictors));
        RegisterComponents();
    }

    /// <summary>Inputs of the first layer: sizes around, predictors twice, sums.</summary>
    public static int InputsOf(int predictors) => CausalPlaces.Count + 4 * predictors + Sums;

    /// <summary>Further inputs of the imaginary part: the real one's size and value, and what it is away from each predictor.</summary>
    public static int ExtrasOf(int predictors) => 2 + predictors;

    /// <summary>Outputs of each part.</summary>
    public static int OutputsOf(int predictors) => Fixed + 2 * predictors;

    /// <summary>What is expected of levels.</summary>
    /// <param name="levels">q, <c>[n, D·A, 2]</c>.</param>
    /// <param name="step">The rate.</param>
    /// <returns>Zero as a logit, two means, log2 of two scales, share as a logit: <c>[n, D·A, 2, 6]</c>.</returns>
    public override Tensor forward(Tensor levels, double step)
    {
        using var scope = NewDisposeScope();
        var (count, bins) = (levels.shape[0], levels.shape[1]);
        var sizes = levels.abs().sum(-1, keepdim: true);                             // [n, D·A, 1]
        var known = nn.functional.pad(cat([levels, Sizes(sizes)], -1), [0L, 0L, 0L, 1L]);
        var near = known.index_select(1, places).reshape(count, bins, CausalPlaces.Count, 3);
        var (nearReal, nearImaginary) = (near.select(-1, 0), near.select(-1, 1));    // [n, D·A, K]
        var predictedReal = nearReal.matmul(real) - nearImaginary.matmul(imaginary);
        var predictedImaginary = nearImaginary.matmul(real) + nearReal.matmul(imaginary);
        Tensor[] inputs =
        [
            near.select(-1, 2),
            Squash(predictedReal, 1), Squash(predictedReal, 8), Squash(predictedImaginary, 1), Squash(predictedImaginary, 8),
            Summed(levels, sizes, step),
        ];
        var bias = (rows.unsqueeze(1) + columns.unsqueeze(0)).reshape(1, bins, architecture.Hidden);
        var hidden = Rectify(first.call(cat(inputs, -1)) + bias);
        var own = levels.narrow(-1, 0, 1);
        var extra = cat([Squash(own, 1), Sizes(own.abs()), Squash(own - predictedReal, 1)], -1);
        var realPart = Part(third.call(Rectify(second.call(hidden))), predictedReal);
        var imaginaryPart = Part(thirdImaginary.call(Rectify(secondImaginary.call(hidden) + extraImaginary.call(extra))), predictedImaginary);
        return stack([realPart, imaginaryPart], 2).MoveToOuterDisposeScope();
    }

    private Tensor Part(Tensor outputs, Tensor predicted)
    {
        var gates = outputs.narrow(-1, Fixed, 2 * architecture.Predictors).unflatten(2, 2, architecture.Predictors);
        var means = (gates * predicted.unsqueeze(-2)).sum(-1);                       // [n, D·A, 2]
        var scales = outputs.narrow(-1, 1, 2).clamp(PriorEvaluator.SmallestScale, PriorEvaluator.LargestScale);
        return cat([outputs.narrow(-1, 0, 1), means, scales, outputs.narrow(-1, 3, 1)], -1);
    }

    // Energy left of a crop of unit mean square, three ways; decayed column, this row, the two before; step.
    private Tensor Summed(Tensor levels, Tensor sizes, double step)
    {
        var (count, delays, antennas) = (levels.shape[0], (long)architecture.Delays, (long)architecture.Antennas);
        var total = 2 * delays * antennas / PriorEvaluator.SquaredWidth(step);
        var squares = levels.square().sum(-1);                                       // [n, D·A]
        var left = (total - (squares.cumsum(1) - squares)).clamp_min(0).unsqueeze(-1);
        var grid = sizes.reshape(count, delays, antennas);
        var row = grid.sum(-1, keepdim: true);                                       // [n, D, 1]
        var earlier = nn.functional.pad(row, [0L, 0L, 2L, 0L]);
        var sums = stack(
            [
                History().matmul(grid), grid.cumsum(2) - grid,
                earlier.narrow(1, 1, delays).expand(count, delays, antennas), earlier.narrow(1, 0, delays).expand(count, delays, antennas),
            ],
            -1);
        return cat(
            [left / total, left / (left + 30), left / (left + 500), Squash(sums, 8).reshape(count, -1, 4), full([count, delays * antennas, 1], step / 16, dtype: levels.dtype, device: levels.device)], -1);
    }

    // 0.75^(d - d' - 1) below the diagonal.
    private Tensor History()
    {
        var delays = architecture.Delays;
        var weights = new float[delays * delays];
        for (var row = 1; row < delays; row++)
        {
            for (var (column, weight) = (row - 1, 1f); column >= 0; column--, weight *= Decay)
                weights[row * delays + column] = weight;
        }
        return tensor(weights, [delays, delays]).to(real.dtype).to(real.device);
    }

    private static Tensor Sizes(Tensor magnitudes)
    {
        var octaves = ((magnitudes + 1).log2() + 1e-6).floor();
        return octaves + (magnitudes + 1) * (octaves * -Math.Log(2)).exp() - 1;
    }

    private static Tensor Squash(Tensor values, double unit) => values / (values.abs() + unit);

    private static Tensor Rectify(Tensor values) => nn.functional.leaky_relu(values, Slope);
}
