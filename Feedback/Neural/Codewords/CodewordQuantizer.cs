using Feedback.Fitting;
using static TorchSharp.torch;

namespace Feedback.Neural.Codewords;

/// <summary>Turns a codeword of M values into indices of a fixed number of bits.</summary>
/// <remarks>
/// Each value is brought to zero mean and unit variance and quantised by a shared table. Bits are not the same for all values:
/// those that move the reconstruction more get more, the mean being the one asked for.
/// </remarks>
public sealed class CodewordQuantizer
{
    /// <summary>The smallest mean number of bits per value.</summary>
    public const int MinimumBits = 2;

    /// <summary>The largest mean number of bits per value.</summary>
    public const int MaximumBits = 8;

    private const string MeansKey = "quantizer.means";
    private const string DeviationsKey = "quantizer.deviations";
    private const string AllocationKey = "quantizer.allocation";
    private const string TablesKey = "quantizer.tables";
    private readonly float[] means;
    private readonly float[] deviations;
    private readonly int[] allocation;
    private readonly ScalarTables tables;

    /// <summary>Takes what was fitted.</summary>
    /// <param name="means">Mean of each of M values.</param>
    /// <param name="deviations">Standard deviation of each value, positive.</param>
    /// <param name="allocation">Bits of each value, 0 … 10, for mean bits 2 … 8 one after the other: 7·M numbers.</param>
    /// <param name="tables">The shared tables.</param>
    public CodewordQuantizer(float[] means, float[] deviations, int[] allocation, ScalarTables tables)
    {
        ArgumentNullException.ThrowIfNull(means);
        ArgumentNullException.ThrowIfNull(deviations);
        ArgumentNullException.ThrowIfNull(allocation);
        ArgumentOutOfRangeException.ThrowIfNotEqual(deviations.Length, means.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(allocation.Length, means.Length * (MaximumBits - MinimumBits + 1));
        if (allocation.Any(bits => bits is < 0 or > ScalarTables.MaximumBits))
            throw new ArgumentException($"A value of the codeword has {allocation.First(bits => bits is < 0 or > ScalarTables.MaximumBits)} bits; permitted is 0 … {ScalarTables.MaximumBits}.", nameof(allocation));
        (this.means, this.deviations, this.allocation, this.tables) = (means, deviations, allocation, tables);
    }

    /// <summary>M, values of a codeword.</summary>
    public int Codeword => means.Length;

    /// <summary>Takes a quantiser out of a model.</summary>
    /// <param name="model">The model's tables.</param>
    /// <returns>The quantiser.</returns>
    public static CodewordQuantizer From(FittedTables model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new CodewordQuantizer(model.Reals(MeansKey), model.Reals(DeviationsKey), model.Integers(AllocationKey), new ScalarTables(model.Reals(TablesKey)));
    }

    /// <summary>Adds the quantiser to a model.</summary>
    /// <param name="model">The model's tables.</param>
    /// <returns>The tables.</returns>
    public FittedTables AddTo(FittedTables model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.With(MeansKey, means).With(DeviationsKey, deviations)
            .With(AllocationKey, allocation, allocation.Length / means.Length, means.Length).With(TablesKey, tables.Levels.ToArray());
    }

    /// <summary>Fits the quantiser to the codewords of training drops.</summary>
    /// <param name="codewords">Codewords, float64 <c>[n, M]</c>.</param>
    /// <param name="sensitivities">Change of the reconstruction per change of each value, squared, M numbers.</param>
    /// <returns>The quantiser.</returns>
    public static CodewordQuantizer Fit(Tensor codewords, IReadOnlyList<double> sensitivities)
    {
        ArgumentNullException.ThrowIfNull(codewords);
        ArgumentNullException.ThrowIfNull(sensitivities);
        using var scope = NewDisposeScope();
        var mean = codewords.mean([0], keepdim: true);                               // [1, M]
        var deviation = (codewords - mean).square().mean([0], keepdim: true).sqrt().clamp(1e-12);
        var standard = ((codewords - mean) / deviation).flatten();
        var stride = Math.Max(1, standard.numel() / 400_000);
        var samples = standard.cpu().data<double>().Where((_, index) => index % stride == 0).ToArray();
        var tables = ScalarTables.Fit(samples);
        var distortion = Enumerable.Range(0, ScalarTables.MaximumBits + 1).Select(bits => Distortion(tables, samples, bits)).ToArray();
        var deviations = deviation.flatten().cpu().data<double>().ToArray();
        var weights = deviations.Select((value, index) => value * value * sensitivities[index]).ToArray();
        var allocation = Enumerable.Range(MinimumBits, MaximumBits - MinimumBits + 1)
            .SelectMany(bits => Allocate(weights, distortion, bits * weights.Length));
        var means = mean.flatten().cpu().data<double>().Select(value => (float)value).ToArray();
        return new CodewordQuantizer(means, [.. deviations.Select(value => (float)value)], [.. allocation], tables);
    }

    /// <summary>Bits of each value.</summary>
    /// <param name="bits">Mean bits per value, 2 … 8.</param>
    /// <returns>M numbers whose sum is M·bits.</returns>
    public ReadOnlySpan<int> Allocation(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, MinimumBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, MaximumBits);
        return allocation.AsSpan((bits - MinimumBits) * Codeword, Codeword);
    }

    /// <summary>The index that stands for a value.</summary>
    /// <param name="position">Which value of the codeword, 0 … M-1.</param>
    /// <param name="value">The value.</param>
    /// <param name="bits">Its bits.</param>
    /// <returns>0 … 2^bits - 1.</returns>
    public int Index(int position, double value, int bits) => tables.Index((value - means[position]) / deviations[position], bits);

    /// <summary>The value that an index stands for.</summary>
    /// <param name="position">Which value of the codeword, 0 … M-1.</param>
    /// <param name="index">0 … 2^bits - 1.</param>
    /// <param name="bits">Its bits.</param>
    /// <returns>The value.</returns>
    public double Value(int position, int index, int bits) => means[position] + deviations[position] * tables.Level(index, bits);

    // Greedy: the next bit goes where it removes most distortion, which is optimal as long as tables have falling returns.
    private static int[] Allocate(double[] weights, double[] distortion, int total)
    {
        var bits = new int[weights.Length];
        var queue = new PriorityQueue<int, (double, int)>();
        for (var position = 0; position < weights.Length; position++)
        {
            queue.Enqueue(position, Gain(position));
        }
        for (; total > 0; total--)
        {
            var position = queue.Dequeue();
            bits[position]++;
            if (bits[position] < ScalarTables.MaximumBits)
                queue.Enqueue(position, Gain(position));
        }
        return bits;

        (double, int) Gain(int position) =>
            (-weights[position] * (distortion[bits[position]] - distortion[bits[position] + 1]), position);
    }

    private static double Distortion(ScalarTables tables, double[] samples, int bits)
    {
        var sum = 0.0;
        foreach (var sample in samples)
        {
            var error = sample - tables.Level(tables.Index(sample, bits), bits);
            sum += error * error;
        }
        return sum / samples.Length;
    }
}
