using Feedback.Fitting;
using Feedback.Models;
using Simulator;
using static TorchSharp.torch;

namespace Feedback.Mixture;

/// <summary>Finds the state in which a crop is most likely and turns the crop into that state's coefficients; the state's number goes first.</summary>
/// <remarks>Products are of whole batches of a fixed number of reports, filled with zeros, so that a report is rounded alike whatever stands beside it.</remarks>
public sealed class MixtureBasis : ICropBasis
{
    private const int Batch = 32;
    private readonly MixtureStates states;
    private readonly double level;
    private readonly int delays;
    private readonly int receive;
    private readonly int ports;

    /// <summary>Takes the states out of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <exception cref="InvalidModelException">The model has no such states.</exception>
    public MixtureBasis(FittedTables model, CsiDimensions dimensions)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(dimensions);
        states = MixtureStates.Of(model);
        (receive, ports) = (dimensions.ReceiveAntennas, dimensions.TransmitAntennas);
        delays = states.Variances.Length / (states.Count * ports);
        level = MixtureLearning.WaterLevel(states);
    }

    /// <inheritdoc/>
    public int Values => 1 + 2 * delays * receive * ports;

    /// <inheritdoc/>
    public float[] Analyse(float[] crops, int count)
    {
        ArgumentNullException.ThrowIfNull(crops);
        var results = new float[count * Values];
        for (var first = 0; first < count; first += Batch)
        {
            using var scope = NewDisposeScope();
            var here = Math.Min(Batch, count - first);
            var padded = new float[Batch * (Values - 1)];
            crops.AsSpan(first * (Values - 1), here * (Values - 1)).CopyTo(padded);
            var batch = Crops(padded);
            var (best, likelihood) = (new int[Batch], Enumerable.Repeat(double.NegativeInfinity, Batch).ToArray());
            for (var state = 0; state < states.Count; state++)
            {
                using var inner = NewDisposeScope();
                var coefficients = states.Analyse(batch, state);
                var found = states.LogLikelihood(coefficients, state, level).data<double>().ToArray();
                var values = view_as_real(coefficients.transpose(1, 2).contiguous()).data<float>().ToArray();
                for (var n = 0; n < here; n++)
                {
                    if (found[n] <= likelihood[n])
                        continue;
                    (best[n], likelihood[n]) = (state, found[n]);
                    results[(first + n) * Values] = state;
                    values.AsSpan(n * (Values - 1), Values - 1).CopyTo(results.AsSpan((first + n) * Values + 1));
                }
            }
        }
        return results;
    }

    /// <inheritdoc/>
    public float[] Synthesise(float[] values, int count)
    {
        ArgumentNullException.ThrowIfNull(values);
        var results = new float[count * (Values - 1)];
        for (var n = 0; n < count; n++)
        {
            using var scope = NewDisposeScope();
            var coefficients = Crops(values.AsSpan(n * Values + 1, Values - 1).ToArray());
            var crop = states.Synthesise(coefficients, (int)values[n * Values]).transpose(1, 2).contiguous();   // [1, D, R, A]
            view_as_real(crop).data<float>().ToArray().CopyTo(results, n * (Values - 1));
        }
        return results;
    }

    private Tensor Crops(float[] values)
    {
        using var scope = NewDisposeScope();
        var crops = view_as_complex(tensor(values, [values.Length / (Values - 1), delays, receive, ports, 2]));
        return crops.transpose(1, 2).contiguous().MoveToOuterDisposeScope();                 // [N, R, D, A]
    }
}
