using System.Numerics;
using System.Runtime.InteropServices;
using Feedback.Fitting;
using static TorchSharp.torch;

namespace Feedback.SparseHybrid;

/// <summary>A network of one hidden layer whose inputs are all 0 but for a few that are 1: its hidden layer sums rows of a table.</summary>
/// <remarks>
/// Single-precision additions and multiplications in a fixed order, each output and each unit apart, so that every machine finds the same bits.
/// </remarks>
internal sealed class RowNetwork
{
    private readonly int width;
    private readonly int outputs;
    private readonly float[] weights;

    /// <summary>Takes weights.</summary>
    /// <param name="rows">Number of inputs.</param>
    /// <param name="width">Units of the hidden layer, a multiple of 8.</param>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="weights">[rows][width], then [width][outputs], then [outputs].</param>
    public RowNetwork(int rows, int width, int outputs, float[] weights)
    {
        (Rows, this.width, this.outputs, this.weights) = (rows, width, outputs, weights);
        if (weights.Length != Count(rows, width, outputs))
            throw new ArgumentException($"A network of {rows} rows, {width} units and {outputs} outputs has {Count(rows, width, outputs)} weights, not {weights.Length}.", nameof(weights));
    }

    /// <summary>Number of inputs.</summary>
    public int Rows { get; }

    /// <summary>Number of outputs.</summary>
    public int Outputs => outputs;

    /// <summary>Units of the hidden layer.</summary>
    public int Width => width;

    /// <summary>All weights.</summary>
    public Span<float> Weights => weights;

    private int Second => Rows * width;

    private int Offsets => Second + width * outputs;

    /// <summary>A network of small random rows and outputs near zero.</summary>
    public static RowNetwork Random(int rows, int width, int outputs, Generator random)
    {
        using var scope = NewDisposeScope();
        var count = rows * width + width * outputs;
        var draws = rand([Math.Max(count, 16)], dtype: ScalarType.Float64, generator: random).data<double>().ToArray();
        return new RowNetwork(rows, width, outputs, [.. draws.Take(count).Select(draw => (float)(0.2 * (draw - 0.5))), .. new float[outputs]]);
    }

    /// <summary>Takes a network out of a model.</summary>
    public static RowNetwork Of(FittedTables model, string key, int rows, int outputs)
    {
        var all = model.Reals(key);
        return new RowNetwork(rows, (all.Length - outputs) / (rows + outputs), outputs, all);
    }

    /// <summary>Computes hidden layer and outputs.</summary>
    /// <param name="active">The inputs that are 1.</param>
    /// <param name="hidden">Receives the hidden layer, negative values cut off.</param>
    /// <param name="result">Receives the outputs.</param>
    public void Forward(ReadOnlySpan<int> active, Span<float> hidden, Span<float> result)
    {
        hidden.Clear();
        foreach (var row in active)
            Add(weights.AsSpan(row * width, width), 1, hidden);
        foreach (ref var unit in hidden)
            unit = Math.Max(unit, 0);
        weights.AsSpan(Offsets, outputs).CopyTo(result);
        for (var unit = 0; unit < width; unit++)
        {
            if (hidden[unit] > 0)
                Add(weights.AsSpan(Second + unit * outputs, outputs), hidden[unit], result);
        }
    }

    /// <summary>Adds what a change of the outputs says of the weights.</summary>
    /// <param name="active">The inputs that are 1.</param>
    /// <param name="hidden">What <see cref="Forward"/> gave.</param>
    /// <param name="slopes">Derivatives of the loss by the outputs.</param>
    /// <param name="gradient">Derivatives by the weights, added to.</param>
    public void Backward(ReadOnlySpan<int> active, ReadOnlySpan<float> hidden, ReadOnlySpan<float> slopes, Span<float> gradient)
    {
        Span<float> inner = stackalloc float[width];
        Add(slopes, 1, gradient.Slice(Offsets, outputs));
        for (var unit = 0; unit < width; unit++)
        {
            if (hidden[unit] <= 0)
                continue;
            Add(slopes, hidden[unit], gradient.Slice(Second + unit * outputs, outputs));
            var sum = 0f;
            for (var output = 0; output < outputs; output++)
                sum += slopes[output] * weights[Second + unit * outputs + output];
            inner[unit] = sum;
        }
        foreach (var row in active)
            Add(inner, 1, gradient.Slice(row * width, width));
    }

    private static int Count(int rows, int width, int outputs) => rows * width + width * outputs + outputs;

    // A product and a sum for each element, whatever the machine holds at once.
    private static void Add(ReadOnlySpan<float> source, float scale, Span<float> target)
    {
        var x = MemoryMarshal.Cast<float, Vector<float>>(target);
        var y = MemoryMarshal.Cast<float, Vector<float>>(source);
        for (var i = 0; i < y.Length; i++)
            x[i] += y[i] * scale;
        for (var i = y.Length * Vector<float>.Count; i < target.Length; i++)
            target[i] += source[i] * scale;
    }
}
