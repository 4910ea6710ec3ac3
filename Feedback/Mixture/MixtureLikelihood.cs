namespace Feedback.Mixture;

/// <summary>Says how likely crops are in each state, an error of given power added to every coefficient.</summary>
/// <remarks>
/// ln w - Σ (ln v + (|y|² + ε)/v) with v = E|y|² + ε, up to a constant: y of power |y|² is judged as y and an unknown error of mean power ε.
/// What covariances of low rank leave over has one variance for all, as in probabilistic principal components [Tipping1999].
/// </remarks>
internal sealed class MixtureLikelihood
{
    private readonly double[][] inverses;
    private readonly double[] constants;

    /// <summary>Prepares for states.</summary>
    /// <param name="states">The states.</param>
    /// <param name="error">ε.</param>
    /// <param name="receive">R, number of receive antennas.</param>
    public MixtureLikelihood(MixtureStates states, double error, int receive)
    {
        var (coefficients, rank) = (states.Coefficients, states.Bases.Rank);
        var rest = coefficients - rank;
        inverses = new double[states.Count][];
        constants = new double[states.Count];
        for (var state = 0; state < states.Count; state++)
        {
            double[] variances = [.. states.Variances.AsSpan(state * coefficients, coefficients).ToArray().Select(variance => variance + error)];
            // W takes K dimensions out of the rest.
            var share = (rest - rank) / (double)rest;
            if (rank > 0)
                Array.Fill(variances, variances.Take(rest).Sum(variance => variance - error) / (rest - rank) + error, 0, rest);
            constants[state] = Math.Log(states.Weights[state])
                - receive * variances.Select((variance, place) => (place < rest ? share : 1) * (Math.Log(variance) + error / variance)).Sum();
            inverses[state] = [.. variances.Select(variance => 1 / variance)];
        }
    }

    /// <summary>ln of prior and density in one state.</summary>
    /// <param name="powers">|y|² in that state, summed over receive antennas, C.</param>
    /// <param name="state">The state.</param>
    /// <returns>Up to a constant that all states share.</returns>
    public double Of(ReadOnlySpan<double> powers, int state) => constants[state] - VectorSums.Dot(powers, inverses[state]);
}
