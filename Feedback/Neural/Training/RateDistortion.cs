using Simulator;
using static TorchSharp.torch;

namespace Feedback.Neural.Training;

/// <summary>What training minimises, distortion + λ·bits, at a step and on the validation drops.</summary>
internal sealed class RateDistortion
{
    // Rates at which a network of several is validated.
    private const int ValidatedRates = 4;
    private readonly ITrainableFeedbackScheme scheme;
    private readonly TrainingRecipe recipe;

    public RateDistortion(ITrainableFeedbackScheme scheme, TrainingRecipe recipe) => (this.scheme, this.recipe) = (scheme, recipe);

    /// <summary>The loss of a batch and its estimates, both <c>[n, D, R, A]</c>; λ and noise come from the generator.</summary>
    public Tensor Loss(Tensor batch, Tensor estimates, Generator random)
    {
        using var scope = NewDisposeScope();
        var halvings = 0.0;
        if (recipe.Halvings > 0)
            halvings = recipe.Halvings * rand([16], dtype: ScalarType.Float64, generator: random)[0].item<double>();
        var (rebuilt, bits) = scheme is IDitheredScheme dithered ? dithered.Dither(estimates, halvings, random) : scheme.Relax(estimates, halvings);
        var distortion = recipe.Loss == TrainingLoss.Nmse
            ? RelativeErrors(batch, rebuilt).mean()
            : view_as_real(rebuilt - batch).square().mean() * 2;
        var sum = recipe.Lambda > 0 ? distortion + bits.mean() * LambdaAt(halvings) : distortion;
        // Sums of several rates differ by powers of ten: each counts as much as any other by its logarithm, as validation has it.
        return (recipe.Halvings > 0 ? sum.log() : sum).MoveToOuterDisposeScope();
    }

    /// <summary>What the scheme reaches at all of its rates.</summary>
    public TrainingPoint Evaluate(Tensor crops, Tensor estimates, int step, double loss)
    {
        var rates = recipe.Halvings > 0 ? Enumerable.Range(0, ValidatedRates).Select(index => recipe.Halvings * index / (ValidatedRates - 1)).ToArray() : [0];
        var (objective, nmse, bits) = (0.0, 0.0, 0.0);
        foreach (var rate in rates)
        {
            var found = Evaluate(crops, estimates, rate);
            objective += Math.Log(found.Distortion + LambdaAt(rate) * found.Bits) / rates.Length;
            nmse += Math.Log(found.Nmse) / rates.Length;
            bits += found.Bits / rates.Length;
        }
        return new TrainingPoint(step, loss, Math.Exp(objective), Math.Exp(nmse), bits);
    }

    /// <summary>Mean relative error, distortion as the loss has it, and mean estimated bits at one rate.</summary>
    public (double Nmse, double Distortion, double Bits) Evaluate(Tensor crops, Tensor estimates, double rate)
    {
        using var frozen = no_grad();
        var (nmse, squares, length) = (0.0, 0.0, 0.0);
        for (var first = 0L; first < crops.shape[0]; first += recipe.Batch)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(recipe.Batch, crops.shape[0] - first);
            var part = crops.narrow(0, first, count);
            var (rebuilt, bits) = scheme.Relax(estimates.narrow(0, first, count), rate);
            nmse += RelativeErrors(part, rebuilt).sum(type: ScalarType.Float64).item<double>();
            length += bits.sum(type: ScalarType.Float64).item<double>();
            if (recipe.Loss == TrainingLoss.Mse)
                squares += view_as_real(rebuilt - part).square().sum(type: ScalarType.Float64).item<double>();
        }
        var all = crops.shape[0];
        return (nmse / all, recipe.Loss == TrainingLoss.Mse ? squares / crops.numel() : nmse / all, length / all);
    }

    private double LambdaAt(double halvings) => recipe.Lambda * Math.Pow(2, -halvings);

    private static Tensor RelativeErrors(Tensor crops, Tensor rebuilt)
    {
        using var scope = NewDisposeScope();
        var error = view_as_real(rebuilt - crops).square().sum([1, 2, 3, 4]);
        var energy = view_as_real(crops).square().sum([1, 2, 3, 4]).clamp(1e-30);
        return (error / energy).MoveToOuterDisposeScope();
    }
}
