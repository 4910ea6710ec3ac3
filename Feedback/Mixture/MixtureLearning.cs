using Simulator;

namespace Feedback.Mixture;

/// <summary>Expectation maximisation of Gaussian mixtures of crops [Dempster1977]; one drop in ten is left out and judges the result.</summary>
/// <remarks>
/// Maximised is Σ ln of the densities of drops, an error at the water level added to every coefficient, and of the prior: one drop for each state's
/// weight, and a few drops like the mean of all for its variances, so that none is zero. No round lowers it while bases stay or are of low rank.
/// </remarks>
public sealed class MixtureLearning
{
    /// <summary>So many drops, like the mean of all, are thought into each state.</summary>
    public const double Smoothing = 4;

    private const int Rounds = 12;
    private const int TurnedRounds = 3;
    private readonly MixtureCrops learned;
    private readonly MixtureCrops judged;
    private readonly int receive;
    private readonly double error;

    /// <summary>Takes what is learned from.</summary>
    /// <param name="crops">Crops of D x R x A complex values as pairs.</param>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <param name="delays">D.</param>
    public MixtureLearning(IReadOnlyList<float[]> crops, CsiDimensions dimensions, int delays)
    {
        ArgumentNullException.ThrowIfNull(crops);
        ArgumentNullException.ThrowIfNull(dimensions);
        receive = dimensions.ReceiveAntennas;
        learned = new([.. crops.Where((_, n) => n % 10 != 9)], delays, receive, dimensions.TransmitAntennas);
        judged = new([.. crops.Where((_, n) => n % 10 == 9)], delays, receive, dimensions.TransmitAntennas);
        error = MixtureStates.WaterLevelOf(learned.MeanPower);
    }

    /// <summary>Most states that the drops bear: 40 drops each.</summary>
    public int MostStates => Math.Max(learned.Count / 40, 2);

    /// <summary>Mean ln of the density of drops that were left out, up to a constant.</summary>
    /// <param name="states">The mixture.</param>
    /// <returns>The mean.</returns>
    public double Validate(MixtureStates states) => Likelihoods(judged, states).Select(LogSum).Average();

    /// <summary>What is maximised.</summary>
    /// <param name="states">The mixture.</param>
    /// <returns>Up to a constant.</returns>
    public double Objective(MixtureStates states)
    {
        ArgumentNullException.ThrowIfNull(states);
        var likelihoods = Likelihoods(learned, states);
        var prior = states.Weights.Select((weight, state) =>
            Math.Log(weight) + Smoothing * (likelihoods.Average(row => row[state]) - Math.Log(weight))).Sum();
        return likelihoods.Sum(LogSum) + prior;
    }

    /// <summary>Learns a mixture: first of diagonal covariances, then, if asked for, each state's own bases.</summary>
    /// <param name="count">S, number of states.</param>
    /// <param name="covariance">Form of their covariances.</param>
    /// <param name="rank">K, for covariances of low rank.</param>
    /// <param name="seen">Told the mixture after every round.</param>
    /// <returns>The mixture.</returns>
    public MixtureStates Fit(int count, MixtureCovariance covariance, int rank, Action<MixtureStates>? seen = null)
    {
        var states = Update(Start(count), MixtureBases.Unit);
        seen?.Invoke(states);
        for (var round = 0; round < Rounds; round++)
        {
            states = Update(Responsibilities(states), MixtureBases.Unit);
            seen?.Invoke(states);
        }
        for (var round = 0; covariance != MixtureCovariance.Dft && round < TurnedRounds; round++)
        {
            var found = Responsibilities(states);
            states = Update(found, covariance == MixtureCovariance.Kronecker ? learned.Products(found, Smoothing) : learned.Factors(found, Smoothing, rank));
            seen?.Invoke(states);
        }
        return states;
    }

    // Each drop to the one of evenly spaced drops whose magnitudes it resembles most.
    private double[][] Start(int count)
    {
        var seeds = Enumerable.Range(0, count).Select(state => learned.Profile(state * learned.Count / count)).ToList();
        return [.. Enumerable.Range(0, learned.Count).Select(n =>
        {
            var profile = learned.Profile(n);
            var best = seeds.Select((seed, state) => (Likeness: VectorSums.Dot(seed, profile), state)).Max().state;
            return Enumerable.Range(0, count).Select(state => state == best ? 1.0 : 0).ToArray();
        })];
    }

    private double[][] Responsibilities(MixtureStates states) =>
    [
        .. Likelihoods(learned, states).Select(row =>
        {
            var all = LogSum(row);
            return row.Select(value => Math.Exp(value - all)).ToArray();
        }),
    ];

    private double[][] Likelihoods(MixtureCrops crops, MixtureStates states)
    {
        var likelihood = new MixtureLikelihood(states, error, receive);
        var rows = Enumerable.Range(0, crops.Count).Select(_ => new double[states.Count]).ToArray();
        for (var state = 0; state < states.Count; state++)
        {
            var powers = crops.Powers(states.Bases, state);
            for (var n = 0; n < crops.Count; n++)
                rows[n][state] = likelihood.Of(powers.AsSpan(n * states.Coefficients, states.Coefficients), state);
        }
        return rows;
    }

    // Priors and variances in given bases.
    private MixtureStates Update(double[][] found, MixtureBases bases)
    {
        var count = found[0].Length;
        var (weights, variances) = (new double[count], new List<float>());
        for (var state = 0; state < count; state++)
        {
            var powers = learned.Powers(bases, state);
            var length = powers.Length / learned.Count;
            var (mass, sums) = (Smoothing, new double[length]);
            for (var n = 0; n < learned.Count; n++)
            {
                var weight = found[n][state] + Smoothing / learned.Count;
                mass += found[n][state];
                VectorSums.AddScaled(sums, powers.AsSpan(n * length, length), weight / receive);
            }
            weights[state] = (mass - Smoothing + 1) / (learned.Count + count);
            variances.AddRange(sums.Select(sum => (float)(sum / mass)));
        }
        return new MixtureStates(weights, [.. variances], bases);
    }

    private static double LogSum(double[] row)
    {
        var most = row.Max();
        return most + Math.Log(row.Sum(value => Math.Exp(value - most)));
    }
}
