using Feedback.Fitting;
using Feedback.Models;
using Simulator;
using static TorchSharp.torch;

namespace Feedback.Mixture;

/// <summary>Finds the state in which a crop is most likely and turns the crop into that state's coefficients, antenna after antenna; the state's number goes first.</summary>
/// <remarks>Products are of whole batches of a fixed number of reports, filled with zeros, so that a report is rounded alike whatever stands beside it.</remarks>
public sealed class MixtureBasis : ICropBasis
{
    private const int Batch = 32;
    private readonly MixtureStates states;
    private readonly MixtureLikelihood likelihood;
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
        delays = (states.Coefficients - states.Bases.Rank) / ports;
        likelihood = new MixtureLikelihood(states, states.WaterLevel, receive);
    }

    /// <inheritdoc/>
    public int Values => 1 + 2 * receive * states.Coefficients;

    private int CropValues => 2 * delays * receive * ports;

    /// <inheritdoc/>
    public float[] Analyse(float[] crops, int count)
    {
        ArgumentNullException.ThrowIfNull(crops);
        var results = new float[count * Values];
        for (var first = 0; first < count; first += Batch)
        {
            var here = Math.Min(Batch, count - first);
            Choose(crops.AsSpan(first * CropValues, here * CropValues), results.AsSpan(first * Values, here * Values));
        }
        return results;
    }

    /// <inheritdoc/>
    public float[] Synthesise(float[] values, int count)
    {
        ArgumentNullException.ThrowIfNull(values);
        var results = new float[count * CropValues];
        for (var n = 0; n < count; n++)
            Restored(values.AsSpan(n * Values + 1, Values - 1), (int)values[n * Values]).CopyTo(results, n * CropValues);
        return results;
    }

    private void Choose(ReadOnlySpan<float> crops, Span<float> results)
    {
        var (count, coefficients) = (results.Length / Values, states.Coefficients);
        var most = Enumerable.Repeat(double.NegativeInfinity, count).ToArray();
        var (turned, powers) = (Array.Empty<float>(), new double[count * coefficients]);
        for (var state = 0; state < states.Count; state++)
        {
            // Unit bases have the same coefficients in all states.
            if (state == 0 || !states.Bases.AreUnit)
            {
                turned = states.Bases.AreUnit ? Swapped(crops, delays, receive) : Turned(crops, state);
                Measure(turned, powers);
            }
            for (var n = 0; n < count; n++)
            {
                var found = likelihood.Of(powers.AsSpan(n * coefficients, coefficients), state);
                if (found <= most[n])
                    continue;
                most[n] = found;
                results[n * Values] = state;
                turned.AsSpan(n * (Values - 1), Values - 1).CopyTo(results[(n * Values + 1)..]);
            }
        }
    }

    private void Measure(float[] values, double[] powers)
    {
        var coefficients = states.Coefficients;
        Array.Clear(powers);
        for (var row = 0; row < values.Length / (2 * coefficients); row++)
        {
            var source = values.AsSpan(2 * row * coefficients, 2 * coefficients);
            var target = powers.AsSpan(row / receive * coefficients, coefficients);
            for (var i = 0; i < target.Length; i++)
                target[i] += source[2 * i] * (double)source[2 * i] + source[2 * i + 1] * (double)source[2 * i + 1];
        }
    }

    // Rows of ports, "slow" by "fast" of them a report, the other way round.
    private float[] Swapped(ReadOnlySpan<float> values, int slow, int fast)
    {
        if (slow == 1 || fast == 1)
            return values.ToArray();
        var swapped = new float[values.Length];
        for (var row = 0; row < values.Length / (2 * ports); row++)
        {
            var (report, place) = (row / (slow * fast), row % (slow * fast));
            values.Slice(2 * row * ports, 2 * ports).CopyTo(swapped.AsSpan(2 * ports * (report * slow * fast + place % fast * slow + place / fast)));
        }
        return swapped;
    }

    private float[] Turned(ReadOnlySpan<float> crops, int state)
    {
        using var scope = NewDisposeScope();
        var padded = new float[Batch * CropValues];
        crops.CopyTo(padded);
        var batch = view_as_complex(tensor(padded, [Batch, delays, receive, ports, 2])).transpose(1, 2).contiguous();   // [N, R, D, A]
        return view_as_real(states.Bases.Analyse(batch, state).contiguous()).data<float>().ToArray()[..(crops.Length / CropValues * (Values - 1))];
    }

    private float[] Restored(ReadOnlySpan<float> values, int state)
    {
        if (states.Bases.AreUnit)
            return Swapped(values, receive, delays);
        using var scope = NewDisposeScope();
        var coefficients = view_as_complex(tensor(values.ToArray(), [1, receive, states.Coefficients, 2]));
        var crop = states.Bases.Synthesise(coefficients, state, ports).transpose(1, 2).contiguous();          // [1, D, R, A]
        return view_as_real(crop).data<float>().ToArray();
    }
}
