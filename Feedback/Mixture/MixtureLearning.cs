using Simulator;
using static TorchSharp.torch;

namespace Feedback.Mixture;

/// <summary>Expectation maximisation of Gaussian mixtures of crops; one drop in ten is left out and judges the result.</summary>
internal sealed class MixtureLearning
{
    private const int Rounds = 12;
    private const int TurnedRounds = 3;
    private const double Water = 0.03;
    private const double Smoothing = 4;
    private readonly IReadOnlyList<float[]> learned;
    private readonly IReadOnlyList<float[]> judged;
    private readonly int delays;
    private readonly int receive;
    private readonly int ports;

    public MixtureLearning(IReadOnlyList<float[]> crops, CsiDimensions dimensions, int delays)
    {
        learned = [.. crops.Where((_, n) => n % 10 != 9)];
        judged = [.. crops.Where((_, n) => n % 10 == 9)];
        (this.delays, receive, ports) = (delays, dimensions.ReceiveAntennas, dimensions.TransmitAntennas);
    }

    /// <summary>Most states that the drops bear: 40 drops each.</summary>
    public int MostStates => Math.Max(learned.Count / 40, 2);

    /// <summary>The power of error beside which states are judged: what lies below it will not be sent anyway.</summary>
    public static double WaterLevel(MixtureStates states)
    {
        var mean = 0.0;
        for (var i = 0; i < states.Variances.Length; i++)
            mean += states.Weights[i / (states.Variances.Length / states.Count)] * states.Variances[i];
        return Water * mean / (states.Variances.Length / states.Count);
    }

    /// <summary>Mean ln of the density of drops that were left out, noise at the water level.</summary>
    public double Validate(MixtureStates states)
    {
        using var scope = NewDisposeScope();
        var likelihood = Likelihoods(Crops(judged), states, WaterLevel(states));
        return likelihood.Select(row => row.Max() + Math.Log(row.Sum(value => Math.Exp(value - row.Max())))).Average();
    }

    /// <summary>Learns a mixture: first of diagonal covariances, then, if asked for, each state's bases of delays and angles.</summary>
    public MixtureStates Fit(int count, MixtureCovariance covariance)
    {
        using var scope = NewDisposeScope();
        var crops = Crops(learned);                                                          // [N, R, D, A]
        var states = Update(crops, Start(count), new MixtureStates([], [], [], []));
        for (var round = 0; round < Rounds; round++)
            states = Update(crops, Responsibilities(crops, states), states);
        for (var round = 0; covariance == MixtureCovariance.Kronecker && round < TurnedRounds; round++)
        {
            var found = Responsibilities(crops, states);
            states = Update(crops, found, Turn(crops, found));
        }
        return states;
    }

    // Each drop to the one of evenly spaced drops whose magnitudes it resembles most.
    private double[][] Start(int count)
    {
        var seeds = Enumerable.Range(0, count).Select(state => Profile(learned[state * learned.Count / count])).ToList();
        return [.. learned.Select(crop =>
        {
            var profile = Profile(crop);
            var best = seeds.Select((seed, state) => (Likeness: seed.Zip(profile).Sum(pair => pair.First * pair.Second), state)).Max().state;
            return Enumerable.Range(0, count).Select(state => state == best ? 1.0 : 0).ToArray();
        })];
    }

    private static double[] Profile(float[] crop)
    {
        var magnitudes = Enumerable.Range(0, crop.Length / 2).Select(bin => Math.Sqrt(Math.Sqrt(crop[2 * bin] * (double)crop[2 * bin] + crop[2 * bin + 1] * (double)crop[2 * bin + 1]))).ToArray();
        var norm = Math.Sqrt(magnitudes.Sum(value => value * value)) + 1e-12;
        return [.. magnitudes.Select(value => value / norm)];
    }

    private static double[][] Responsibilities(Tensor crops, MixtureStates states) =>
    [
        .. Likelihoods(crops, states, WaterLevel(states)).Select(row =>
        {
            var weights = row.Select(value => Math.Exp(value - row.Max())).ToArray();
            var sum = weights.Sum();
            return weights.Select(weight => weight / sum).ToArray();
        }),
    ];

    private static double[][] Likelihoods(Tensor crops, MixtureStates states, double noise)
    {
        var columns = Enumerable.Range(0, states.Count).Select(state =>
        {
            using var scope = NewDisposeScope();
            return states.LogLikelihood(states.Analyse(crops, state), state, noise).data<double>().ToArray();
        }).ToList();
        return [.. Enumerable.Range(0, (int)crops.shape[0]).Select(n => columns.Select(column => column[n]).ToArray())];
    }

    // Priors and variances in given bases; the mean over all states weighs as much as a few drops, so that no variance is zero.
    private MixtureStates Update(Tensor crops, double[][] found, MixtureStates bases)
    {
        using var scope = NewDisposeScope();
        var (count, bins) = (found[0].Length, delays * ports);
        var masses = Enumerable.Range(0, count).Select(state => found.Sum(row => row[state])).ToArray();
        var variances = new float[count * bins];
        var made = bases with { Weights = [.. masses.Select(mass => (mass + 1) / (found.Length + count))] };
        for (var state = 0; state < count; state++)
        {
            using var inner = NewDisposeScope();
            var power = view_as_real((made with { Variances = variances }).Analyse(crops, state)).square().sum([-1L]).mean([1L]).flatten(1);   // [N, D·A]
            var weights = tensor(found.Select(row => (float)row[state]).ToArray()).unsqueeze(0);
            var all = power.mean([0L]).data<float>().ToArray();
            var own = weights.matmul(power).flatten().data<float>().ToArray();
            for (var bin = 0; bin < bins; bin++)
                variances[state * bins + bin] = (float)((own[bin] + Smoothing * all[bin] + 1e-9) / (masses[state] + Smoothing));
        }
        return made with { Variances = variances };
    }

    // Eigenvectors of each state's covariances of delays and of angles.
    private MixtureStates Turn(Tensor crops, double[][] found)
    {
        var (delay, angle) = (new List<float>(), new List<float>());
        for (var state = 0; state < found[0].Length; state++)
        {
            using var scope = NewDisposeScope();
            var weights = tensor(found.Select(row => (float)Math.Sqrt(row[state] + Smoothing / found.Length)).ToArray()).reshape(-1, 1, 1, 1);
            var weighted = crops * weights;                                                  // [N, R, D, A]
            var columns = weighted.transpose(1, 2).transpose(0, 1).flatten(1);               // [D, N·R·A]
            var rows = weighted.flatten(0, 2);                                               // [N·R·D, A]
            delay.AddRange(Vectors(columns.matmul(columns.mH)));
            angle.AddRange(Vectors(rows.mT.matmul(rows.conj())));
        }
        return new MixtureStates([], [], [.. delay], [.. angle]);
    }

    private static float[] Vectors(Tensor covariance)
    {
        using var scope = NewDisposeScope();
        var (_, vectors) = linalg.eigh(covariance.to(ScalarType.ComplexFloat64));
        return view_as_real(vectors.contiguous()).to(ScalarType.Float32).contiguous().data<float>().ToArray();
    }

    private Tensor Crops(IReadOnlyList<float[]> crops)
    {
        using var scope = NewDisposeScope();
        var values = view_as_complex(tensor(crops.SelectMany(crop => crop).ToArray(), [crops.Count, delays, receive, ports, 2]));
        return values.transpose(1, 2).contiguous().MoveToOuterDisposeScope();                // [N, R, D, A]
    }
}
