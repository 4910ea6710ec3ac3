using MathNet.Numerics.LinearAlgebra;
using Feedback.Transform;
using Simulator;

namespace Feedback.Context;

/// <summary>Learns what neighbours say about a bin: signed weights by least squares, then weights of magnitudes by maximum likelihood.</summary>
/// <remarks>
/// Magnitudes k are taken as geometric with mean E = Σ w f, whose code length (1+k) ln(1+E) - k ln E falls with every multiplicative
/// update w ← w · (Σ f k/E) / (Σ f (1+k)/(1+E)); weights stay at least 0, so that E does too.
/// </remarks>
internal static class ContextLearning
{
    private const int Updates = 25;
    private const int Prior = ContextState.Features;
    private const double Flat = 0.3;

    public static ContextWeights Weights(IReadOnlyList<float[]> crops, int most, Neighbourhood neighbours, CsiDimensions dimensions, double width)
    {
        var sample = crops.Take(most).Select(crop => crop.Select(value => DeadZone.Level(value, 1 / width)).ToArray()).ToList();
        var priors = Priors(crops, neighbours, dimensions, width);
        int[][] nothing = [new int[ContextState.Features], new int[ContextState.Features]];
        var zero = new ContextWeights(nothing, new int[Neighbourhood.SignedPlaces], [new int[neighbours.Bins], new int[neighbours.Bins]]);
        var signed = Signed(sample, neighbours, priors);
        var features = Magnitudes(sample, neighbours, zero with { Signed = signed }, priors);
        return new ContextWeights(
            [.. features.Select(part => part.Take(Prior).Select(weight => Whole(weight, ContextWeights.One)).ToArray())],
            signed,
            [.. features.Select(part => priors.Select(prior => Whole(part[Prior] * prior, ContextWeights.Level)).ToArray())]);
    }

    // Mean magnitude of each bin's levels; receive antennas are alike.
    private static double[] Priors(IReadOnlyList<float[]> crops, Neighbourhood neighbours, CsiDimensions dimensions, double width)
    {
        var (ports, receive) = (dimensions.TransmitAntennas, dimensions.ReceiveAntennas);
        var sums = new double[neighbours.Bins / receive];
        foreach (var crop in crops)
        {
            for (var i = 0; i < crop.Length; i++)
                sums[Shared(i / 2)] += Math.Abs(DeadZone.Level(crop[i], 1 / width));
        }
        return [.. Enumerable.Range(0, neighbours.Bins).Select(bin => (sums[Shared(bin)] + 0.1) / (2.0 * receive * crops.Count))];

        int Shared(int bin) => bin / (receive * ports) * ports + bin % ports;
    }

    private static int[] Signed(List<int[]> sample, Neighbourhood neighbours, double[] priors)
    {
        const int places = Neighbourhood.SignedPlaces;
        var (moments, products) = (new double[places, places], new double[places]);
        Span<double> near = stackalloc double[places];
        foreach (var levels in sample)
        {
            for (var i = 0; i < levels.Length; i++)
            {
                var found = neighbours.Of(i >> 1);
                var loudness = priors[i >> 1];
                var any = false;
                for (var place = 0; place < places; place++)
                {
                    near[place] = found[place] < neighbours.Bins ? levels[2 * found[place] + (i & 1)] : 0;
                    loudness += 0.2 * Math.Abs(near[place]);
                    any |= near[place] != 0;
                }
                if (!any)
                    continue;
                var weight = 1 / ((Flat + loudness) * (Flat + loudness));
                for (var row = 0; row < places; row++)
                {
                    if (near[row] == 0)
                        continue;
                    products[row] += weight * near[row] * levels[i];
                    for (var column = 0; column < places; column++)
                        moments[row, column] += weight * near[row] * near[column];
                }
            }
        }
        for (var place = 0; place < places; place++)
            moments[place, place] += 1;
        var solved = Matrix<double>.Build.DenseOfArray(moments).Cholesky().Solve(Vector<double>.Build.Dense(products));
        return [.. solved.Select(weight => Whole(weight, ContextWeights.One))];
    }

    private static double[][] Magnitudes(List<int[]> sample, Neighbourhood neighbours, ContextWeights signed, double[] priors)
    {
        var (features, levels) = (new List<float[]>(), new List<int[]>());
        var state = new ContextState(neighbours);
        foreach (var report in sample)
        {
            var rows = new float[report.Length * (Prior + 1)];
            state.Clear();
            for (var i = 0; i < report.Length; i++)
            {
                if ((i & 1) == 0)
                    state.Enter(i >> 1);
                state.Expect(i >> 1, i & 1, signed);
                for (var feature = 0; feature < Prior; feature++)
                    rows[i * (Prior + 1) + feature] = (float)state.Values[feature] * ContextWeights.One / ContextWeights.Level;
                rows[i * (Prior + 1) + Prior] = (float)priors[i >> 1];
                state.Set(i >> 1, i & 1, report[i]);
            }
            features.Add(rows);
            levels.Add(report);
        }
        double[][] weights = [Start(), Start()];
        for (var update = 0; update < Updates; update++)
        {
            Update(weights[0], features, levels, 0);
            Update(weights[1], features, levels, 1);
        }
        return weights;

        static double[] Start() => [.. Enumerable.Repeat(0.05, Prior), 0.5];
    }

    private static void Update(double[] weights, List<float[]> features, List<int[]> levels, int part)
    {
        var (up, down) = (new double[weights.Length], new double[weights.Length]);
        foreach (var (report, values) in features.Zip(levels))
        {
            for (var i = part; i < values.Length; i += 2)
            {
                var row = report.AsSpan(i * weights.Length, weights.Length);
                var expected = 1e-9;
                for (var feature = 0; feature < row.Length; feature++)
                    expected += weights[feature] * row[feature];
                var magnitude = Math.Abs(values[i]);
                var (more, less) = (magnitude / expected, (1 + magnitude) / (1 + expected));
                for (var feature = 0; feature < row.Length; feature++)
                {
                    up[feature] += row[feature] * more;
                    down[feature] += row[feature] * less;
                }
            }
        }
        for (var feature = 0; feature < weights.Length; feature++)
            weights[feature] *= down[feature] > 0 ? up[feature] / down[feature] : 0;
    }

    private static int Whole(double weight, int one) => (int)Math.Round(Math.Clamp(weight * one, -(1 << 24), 1 << 24));
}
