using Feedback.Fitting;
using static TorchSharp.torch;

namespace Feedback.Mixture;

/// <summary>How each state of a mixture turns a crop X of one receive antenna into coefficients y, and back.</summary>
/// <remarks>
/// Diagonal: y = X. Kronecker: y = Uᴴ X V*. Low rank: y = (x - W Wᴴx, Wᴴx) with orthonormal W, whose sum with W once more is x; errors of
/// both parts add up.
/// </remarks>
/// <param name="Delay">U of each state, S x D x D complex as pairs; empty but for Kronecker products.</param>
/// <param name="Angle">V of each state, S x A x A complex as pairs; empty but for Kronecker products.</param>
/// <param name="Factors">W of each state, S x D·A x K complex as pairs; empty but for low rank.</param>
/// <param name="Rank">K, number of factors; 0 but for low rank.</param>
public sealed record MixtureBases(float[] Delay, float[] Angle, float[] Factors, int Rank)
{
    private const string DelayKey = "mixture.delay";
    private const string AngleKey = "mixture.angle";
    private const string FactorsKey = "mixture.factors";

    /// <summary>Those of covariances that are diagonal in delay and angle.</summary>
    public static MixtureBases Unit { get; } = new([], [], [], 0);

    /// <summary>Whether y = X in all states.</summary>
    public bool AreUnit => Delay.Length == 0 && Rank == 0;

    /// <summary>Adds the bases to a model.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The model with the bases in half precision.</returns>
    public FittedTables AddTo(FittedTables model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (Delay.Length > 0)
            model = model.WithHalves(DelayKey, Delay).WithHalves(AngleKey, Angle);
        return Rank == 0 ? model : model.WithHalves(FactorsKey, Factors, Factors.Length / (2 * Rank), Rank, 2);
    }

    /// <summary>Takes the bases out of a model.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The bases.</returns>
    public static MixtureBases Of(FittedTables model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Has(FactorsKey))
            return new([], [], model.Reals(FactorsKey), (int)model.Shape(FactorsKey)[1]);
        return model.Has(DelayKey) ? new(model.Reals(DelayKey), model.Reals(AngleKey), [], 0) : Unit;
    }

    /// <summary>The coefficients of all crops in one state.</summary>
    /// <param name="crops">X, complex64 <c>[N, R, D, A]</c>.</param>
    /// <param name="state">The state.</param>
    /// <returns>y, complex64 <c>[N, R, C]</c>; C is D·A + K.</returns>
    public Tensor Analyse(Tensor crops, int state)
    {
        ArgumentNullException.ThrowIfNull(crops);
        using var scope = NewDisposeScope();
        if (AreUnit)
            return crops.flatten(2).MoveToOuterDisposeScope();
        if (Rank == 0)
        {
            var (delays, angles) = Products(crops.shape[2], crops.shape[3], state);
            return delays.mH.matmul(crops).matmul(angles.conj()).flatten(2).MoveToOuterDisposeScope();
        }
        var flat = crops.flatten(2).flatten(0, 1);                                           // [N·R, D·A]
        var factors = Vectors(flat.shape[1], state);
        var parts = flat.matmul(factors.conj());                                             // [N·R, K]
        var rest = flat - parts.matmul(factors.mT);
        return cat([rest, parts], 1).reshape(crops.shape[0], crops.shape[1], -1).MoveToOuterDisposeScope();
    }

    /// <summary>The crops of all coefficients in one state: the inverse of <see cref="Analyse"/>.</summary>
    /// <param name="coefficients">y, complex64 <c>[N, R, C]</c>.</param>
    /// <param name="state">The state.</param>
    /// <param name="angles">A.</param>
    /// <returns>X, complex64 <c>[N, R, D, A]</c>.</returns>
    public Tensor Synthesise(Tensor coefficients, int state, int angles)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        using var scope = NewDisposeScope();
        var (reports, receive, length) = (coefficients.shape[0], coefficients.shape[1], coefficients.shape[2] - Rank);
        if (Rank > 0)
        {
            var parts = coefficients.narrow(2, length, Rank).matmul(Vectors(length, state).mT);   // [N, R, D·A]
            return (coefficients.narrow(2, 0, length) + parts).reshape(reports, receive, -1, angles).MoveToOuterDisposeScope();
        }
        var crops = coefficients.reshape(reports, receive, -1, angles);
        if (AreUnit)
            return crops.MoveToOuterDisposeScope();
        var (left, right) = Products(crops.shape[2], angles, state);
        return left.matmul(crops).matmul(right.mT).MoveToOuterDisposeScope();
    }

    private (Tensor Delays, Tensor Angles) Products(long delays, long angles, int state) =>
        (Part(Delay, state, delays, delays), Part(Angle, state, angles, angles));

    private Tensor Vectors(long length, int state) => Part(Factors, state, length, Rank);

    private static Tensor Part(float[] values, int state, long rows, long columns)
    {
        var length = (int)(2 * rows * columns);
        return view_as_complex(tensor(values.AsSpan(state * length, length).ToArray(), [rows, columns, 2]));
    }
}
