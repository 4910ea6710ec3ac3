using MathNet.Numerics;
using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Distributions of counts, drawn by inverting their distribution function at a uniform number.</summary>
internal sealed class CountTable
{
    private const double Tail = 1e-17;
    private readonly double[] cumulative;
    private readonly int rows;

    private CountTable(IReadOnlyList<double[]> distributions)
    {
        rows = distributions.Count;
        var columns = distributions.Max(row => row.Length);
        cumulative = [.. distributions.SelectMany(row => row.Concat(Enumerable.Repeat(1.0, columns - row.Length)))];
    }

    /// <summary>A table with one row: Poisson.</summary>
    /// <param name="mean">Mean, positive.</param>
    /// <returns>The table.</returns>
    public static CountTable Poisson(double mean) =>
        new([Accumulate(count => Math.Exp(count * Math.Log(mean) - mean - SpecialFunctions.GammaLn(count + 1)), int.MaxValue, mean)]);

    /// <summary>A table with one row per number of trials: binomial.</summary>
    /// <param name="trials">n of each row, at least 0.</param>
    /// <param name="probability">p, in (0, 1).</param>
    /// <returns>The table.</returns>
    public static CountTable Binomial(IEnumerable<int> trials, double probability) =>
        new([.. trials.Select(n => Accumulate(
            count => Math.Exp(
                SpecialFunctions.GammaLn(n + 1.0) - SpecialFunctions.GammaLn(count + 1.0) - SpecialFunctions.GammaLn(n - count + 1.0)
                + count * Math.Log(probability) + (n - count) * Math.Log(1 - probability)),
            n,
            n * probability))]);

    /// <summary>The largest count in a row that has a probability above 1e-17.</summary>
    /// <returns>The count.</returns>
    public int Largest() => cumulative.Length / rows - 1;

    /// <summary>Draws counts.</summary>
    /// <param name="uniform">Uniform numbers in [0, 1), float64 <c>[n]</c>.</param>
    /// <param name="row">The table's row for each, int64 <c>[n]</c>.</param>
    /// <returns>Counts, int64 <c>[n]</c>.</returns>
    public Tensor Draw(Tensor uniform, Tensor row)
    {
        using var scope = NewDisposeScope();
        var table = tensor(cumulative, [rows, cumulative.Length / rows], device: uniform.device).index_select(0, row);
        return (table <= uniform.unsqueeze(-1)).sum(-1).MoveToOuterDisposeScope();
    }

    /// <summary>Draws counts from a table with one row.</summary>
    /// <param name="uniform">Uniform numbers in [0, 1), float64 of any shape.</param>
    /// <returns>Counts, int64 of that shape.</returns>
    public Tensor Draw(Tensor uniform)
    {
        using var scope = NewDisposeScope();
        var table = tensor(cumulative, device: uniform.device);
        return (table <= uniform.unsqueeze(-1)).sum(-1).MoveToOuterDisposeScope();
    }

    private static double[] Accumulate(Func<int, double> mass, int largest, double mean)
    {
        var (sum, values) = (0.0, new List<double>());
        for (var count = 0; count <= largest; count++)
        {
            var next = mass(count);
            if (count > mean && next < Tail)
                break;
            sum += next;
            values.Add(Math.Min(sum, 1));
        }
        return [.. values];
    }
}
