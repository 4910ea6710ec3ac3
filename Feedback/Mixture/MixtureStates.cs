using Feedback.Fitting;
using static TorchSharp.torch;

namespace Feedback.Mixture;

/// <summary>A Gaussian mixture of crops X of one receive antenna, in each state with independent entries of Y = Uᴴ X V*.</summary>
/// <param name="Weights">Prior of each state.</param>
/// <param name="Variances">E|Y|², S x D·A.</param>
/// <param name="Delay">U of each state, S x D x D complex as pairs; empty where U and V are unit matrices.</param>
/// <param name="Angle">V of each state, S x A x A complex as pairs.</param>
internal sealed record MixtureStates(double[] Weights, float[] Variances, float[] Delay, float[] Angle)
{
    private const string VariancesKey = "mixture.variances";
    private const string WeightsKey = "mixture.weights";
    private const string DelayKey = "mixture.delay";
    private const string AngleKey = "mixture.angle";

    /// <summary>S, number of states.</summary>
    public int Count => Weights.Length;

    /// <summary>Adds the states to a model.</summary>
    public FittedTables AddTo(FittedTables model)
    {
        model = model.With(VariancesKey, Variances, Count, Variances.Length / Count).With(WeightsKey, [.. Weights.Select(weight => (float)weight)]);
        return Delay.Length == 0 ? model : model.WithHalves(DelayKey, Delay).WithHalves(AngleKey, Angle);
    }

    /// <summary>Takes the states out of a model.</summary>
    public static MixtureStates Of(FittedTables model) => new(
        [.. model.Reals(WeightsKey).Select(weight => (double)weight)],
        model.Reals(VariancesKey),
        model.Has(DelayKey) ? model.Reals(DelayKey) : [],
        model.Has(DelayKey) ? model.Reals(AngleKey) : []);

    /// <summary>Y of all crops in one state.</summary>
    /// <param name="crops">X, complex64 <c>[N, R, D, A]</c>.</param>
    /// <param name="state">The state.</param>
    /// <returns>Y, complex64 <c>[N, R, D, A]</c>.</returns>
    public Tensor Analyse(Tensor crops, int state)
    {
        if (Delay.Length == 0)
            return crops.alias();
        using var scope = NewDisposeScope();
        var (delays, angles) = Bases(crops, state);
        return delays.mH.matmul(crops).matmul(angles.conj()).MoveToOuterDisposeScope();
    }

    /// <summary>X of all Y in one state: the inverse of <see cref="Analyse"/>.</summary>
    /// <param name="coefficients">Y, complex64 <c>[N, R, D, A]</c>.</param>
    /// <param name="state">The state.</param>
    /// <returns>X, complex64 <c>[N, R, D, A]</c>.</returns>
    public Tensor Synthesise(Tensor coefficients, int state)
    {
        if (Delay.Length == 0)
            return coefficients.alias();
        using var scope = NewDisposeScope();
        var (delays, angles) = Bases(coefficients, state);
        return delays.matmul(coefficients).matmul(angles.mT).MoveToOuterDisposeScope();
    }

    /// <summary>ln of prior and density of crops, noise of a given power added to every entry.</summary>
    /// <param name="coefficients">Y of a state, complex64 <c>[N, R, D, A]</c>.</param>
    /// <param name="state">The state.</param>
    /// <param name="noise">The power.</param>
    /// <returns>Up to a constant, float64 <c>[N]</c>.</returns>
    public Tensor LogLikelihood(Tensor coefficients, int state, double noise)
    {
        using var scope = NewDisposeScope();
        var bins = Variances.Length / Count;
        var variances = tensor(Variances.AsSpan(state * bins, bins).ToArray()).to(ScalarType.Float64) + noise;   // [D·A]
        var power = view_as_real(coefficients).square().sum([-1L]).sum([1L]).flatten(1).to(ScalarType.Float64);   // [N, D·A]
        var spread = (power / variances).sum([1L]);
        var normaliser = variances.log().sum() * coefficients.shape[1];
        return (Math.Log(Weights[state]) - spread - normaliser).MoveToOuterDisposeScope();
    }

    private (Tensor Delays, Tensor Angles) Bases(Tensor like, int state)
    {
        var (delays, angles) = ((int)like.shape[2], (int)like.shape[3]);
        return (
            view_as_complex(tensor(Delay.AsSpan(state * 2 * delays * delays, 2 * delays * delays).ToArray(), [delays, delays, 2])),
            view_as_complex(tensor(Angle.AsSpan(state * 2 * angles * angles, 2 * angles * angles).ToArray(), [angles, angles, 2])));
    }
}
