using System.Numerics;
using System.Runtime.InteropServices;
using Feedback.Coding;
using Feedback.Transform;
using static TorchSharp.torch;

namespace Feedback.Neural.Hybrid;

/// <summary>The weights of a <see cref="LevelPrior"/> as plain numbers, and what they expect of one bin after the other.</summary>
/// <remarks>
/// Additions and multiplications in a fixed order, which every machine rounds alike; inputs that are zero are passed over. Shared by all reports, each of which has a <see cref="PriorState"/>.
/// </remarks>
internal sealed class PriorEvaluator
{
    /// <summary>Smallest log2 of a scale.</summary>
    public const float SmallestScale = -6;

    /// <summary>Largest log2 of a scale.</summary>
    public const float LargestScale = 8;

    private readonly float[] real;
    private readonly float[] imaginary;
    private readonly float[] rows;
    private readonly float[] columns;
    private readonly float[] first;
    private readonly (float[] Weights, float[] Offsets)[] seconds;
    private readonly float[] extra;
    private readonly (float[] Weights, float[] Offsets)[] thirds;

    public PriorEvaluator(HybridArchitecture architecture, IReadOnlyDictionary<string, Tensor> weights)
    {
        Architecture = architecture;
        Places = new CausalPlaces(architecture.Delays, architecture.Antennas);
        (real, imaginary) = (Plain("real"), Plain("imaginary"));
        (rows, columns, first) = (Plain("rows"), Plain("columns"), Turned("first"));
        seconds = [(Turned("second"), Plain("second.bias")), (Turned("secondImaginary"), Plain("secondImaginary.bias"))];
        extra = Turned("extraImaginary");
        thirds = [(Turned("third"), Plain("third.bias")), (Turned("thirdImaginary"), Plain("thirdImaginary.bias"))];

        // Dense layers lie output by output; here all weights of an input are one run.
        float[] Turned(string name) => Values(weights[name + ".weight"].t());

        float[] Plain(string name) => Values(weights[name]);

        static float[] Values(Tensor values)
        {
            using var scope = NewDisposeScope();
            return values.detach().to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
        }
    }

    public HybridArchitecture Architecture { get; }

    public CausalPlaces Places { get; }

    /// <summary>Δ², in plain arithmetic.</summary>
    public static double SquaredWidth(double step) => DeadZone.Coarsest * DeadZone.Coarsest * PlainArithmetic.PowerOfTwo(-step);

    /// <summary>Complex predictors from the levels around.</summary>
    public void Predict(ReadOnlySpan<int> near, ReadOnlySpan<float> levels, Span<float> predictedReal, Span<float> predictedImaginary)
    {
        predictedReal.Clear();
        predictedImaginary.Clear();
        for (var place = 0; place < near.Length; place++)
        {
            var (a, b) = (levels[2 * near[place]], levels[2 * near[place] + 1]);
            if (a == 0 && b == 0)
                continue;
            var alpha = real.AsSpan(place * predictedReal.Length, predictedReal.Length);
            var beta = imaginary.AsSpan(place * predictedReal.Length, predictedReal.Length);
            for (var predictor = 0; predictor < predictedReal.Length; predictor++)
            {
                predictedReal[predictor] += a * alpha[predictor] - b * beta[predictor];
                predictedImaginary[predictor] += b * alpha[predictor] + a * beta[predictor];
            }
        }
    }

    /// <summary>First layer.</summary>
    public void Enter(int bin, ReadOnlySpan<float> inputs, Span<float> hidden)
    {
        var (row, column) = (bin / Architecture.Antennas, bin % Architecture.Antennas);
        for (var unit = 0; unit < hidden.Length; unit++)
            hidden[unit] = rows[row * hidden.Length + unit] + columns[column * hidden.Length + unit];
        Add(inputs, first, hidden);
        Rectify(hidden);
    }

    /// <summary>The rest of a part's layers.</summary>
    public void Leave(int part, ReadOnlySpan<float> hidden, ReadOnlySpan<float> extras, Span<float> inner, Span<float> outputs)
    {
        seconds[part].Offsets.CopyTo(inner);
        Add(hidden, seconds[part].Weights, inner);
        Add(extras, extra, inner);
        Rectify(inner);
        thirds[part].Offsets.CopyTo(outputs);
        Add(inner, thirds[part].Weights, outputs);
    }

    // Each sum takes its inputs in order, however many sums the machine holds at once.
    private static void Add(ReadOnlySpan<float> inputs, float[] weights, Span<float> sums)
    {
        ref var run = ref MemoryMarshal.GetArrayDataReference(weights);
        ref var start = ref MemoryMarshal.GetReference(sums);
        var unit = 0;
        for (; unit <= sums.Length - 2 * Vector<float>.Count; unit += 2 * Vector<float>.Count)
        {
            var (low, high) = (Vector.LoadUnsafe(ref start, (nuint)unit), Vector.LoadUnsafe(ref start, (nuint)(unit + Vector<float>.Count)));
            for (var input = 0; input < inputs.Length; input++)
            {
                var value = inputs[input];
                if (value == 0)
                    continue;
                var place = (nuint)(input * sums.Length + unit);
                low += Vector.LoadUnsafe(ref run, place) * value;
                high += Vector.LoadUnsafe(ref run, place + (nuint)Vector<float>.Count) * value;
            }
            low.StoreUnsafe(ref start, (nuint)unit);
            high.StoreUnsafe(ref start, (nuint)(unit + Vector<float>.Count));
        }
        for (; unit < sums.Length; unit++)
        {
            for (var input = 0; input < inputs.Length; input++)
                sums[unit] += inputs[input] == 0 ? 0 : weights[input * sums.Length + unit] * inputs[input];
        }
    }

    private static void Rectify(Span<float> values)
    {
        foreach (ref var value in values)
            value = value < 0 ? value * LevelPrior.Slope : value;
    }
}
