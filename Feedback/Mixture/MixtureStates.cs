using Feedback.Fitting;

namespace Feedback.Mixture;

/// <summary>A Gaussian mixture of crops of one receive antenna, in each state with coefficients of given variances.</summary>
/// <param name="Weights">Prior of each state.</param>
/// <param name="Variances">E|y|² of the coefficients of <see cref="MixtureBases.Analyse"/>, S x C.</param>
/// <param name="Bases">What the coefficients are.</param>
public sealed record MixtureStates(double[] Weights, float[] Variances, MixtureBases Bases)
{
    private const double Water = 0.03;
    private const string VariancesKey = "mixture.variances";
    private const string WeightsKey = "mixture.weights";

    /// <summary>S, number of states.</summary>
    public int Count => Weights.Length;

    /// <summary>C, coefficients of a receive antenna.</summary>
    public int Coefficients => Variances.Length / Count;

    /// <summary>The power of error beside which states are judged: what lies below it will not be sent anyway.</summary>
    public double WaterLevel
    {
        get
        {
            var mean = 0.0;
            for (var i = 0; i < Variances.Length; i++)
                mean += Weights[i / Coefficients] * Variances[i];
            return WaterLevelOf(mean / (Coefficients - Bases.Rank));
        }
    }

    /// <summary>The water level of crops of a mean power.</summary>
    /// <param name="power">Mean |x|² of all entries.</param>
    /// <returns>The power of error.</returns>
    public static double WaterLevelOf(double power) => Water * power;

    /// <summary>Adds the states to a model.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The model with the states.</returns>
    public FittedTables AddTo(FittedTables model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Bases.AddTo(model.With(VariancesKey, Variances, Count, Coefficients).With(WeightsKey, [.. Weights.Select(weight => (float)weight)]));
    }

    /// <summary>Takes the states out of a model.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The states, bases in half precision.</returns>
    public static MixtureStates Of(FittedTables model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new([.. model.Reals(WeightsKey).Select(weight => (double)weight)], model.Reals(VariancesKey), MixtureBases.Of(model));
    }
}
