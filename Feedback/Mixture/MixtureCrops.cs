using static TorchSharp.torch;

namespace Feedback.Mixture;

/// <summary>The crops that a mixture is learned from, and their moments.</summary>
internal sealed class MixtureCrops
{
    private readonly float[] values;
    private readonly int delays;
    private readonly int receive;
    private readonly int ports;
    private readonly Lazy<double[]> powers;

    /// <summary>Takes crops of D x R x A complex values as pairs.</summary>
    public MixtureCrops(IReadOnlyList<float[]> crops, int delays, int receive, int ports)
    {
        (this.delays, this.receive, this.ports) = (delays, receive, ports);
        Count = crops.Count;
        values = [.. crops.SelectMany(crop => crop)];
        powers = new(() => Turned(MixtureBases.Unit, 0));
    }

    /// <summary>N, number of crops.</summary>
    public int Count { get; }

    /// <summary>Mean |x|² of all entries.</summary>
    public double MeanPower => powers.Value.Sum() / Math.Max(values.Length / 2, 1);

    /// <summary>|y|² of all crops in one state, summed over receive antennas, N x C.</summary>
    public double[] Powers(MixtureBases bases, int state) => bases.AreUnit ? powers.Value : Turned(bases, state);

    /// <summary>The square roots of a crop's magnitudes as a vector of norm 1.</summary>
    public double[] Profile(int crop)
    {
        var bins = delays * ports;
        double[] roots = [.. powers.Value.AsSpan(crop * bins, bins).ToArray().Select(power => Math.Sqrt(Math.Sqrt(power)))];
        var norm = Math.Sqrt(VectorSums.Dot(roots, roots)) + 1e-12;
        return [.. roots.Select(root => root / norm)];
    }

    /// <summary>Eigenvectors of each state's covariances of delays and of angles.</summary>
    /// <param name="found">How far each crop belongs to each state, N x S.</param>
    /// <param name="smoothing">So many drops more, like all, belong to each state.</param>
    /// <returns>The bases of Kronecker products.</returns>
    public MixtureBases Products(double[][] found, double smoothing)
    {
        var (delay, angle) = (new List<float>(), new List<float>());
        for (var state = 0; state < found[0].Length; state++)
        {
            using var scope = NewDisposeScope();
            var weighted = Weighted(found, state, smoothing);                                // [N, R, D, A]
            var columns = weighted.transpose(1, 2).transpose(0, 1).flatten(1);               // [D, N·R·A]
            var rows = weighted.flatten(0, 2);                                               // [N·R·D, A]
            delay.AddRange(Vectors(columns.matmul(columns.mH), delays));
            angle.AddRange(Vectors(rows.mT.matmul(rows.conj()), ports));
        }
        return new([.. delay], [.. angle], [], 0);
    }

    /// <summary>The eigenvectors of largest eigenvalues of each state's covariance.</summary>
    /// <param name="found">How far each crop belongs to each state, N x S.</param>
    /// <param name="smoothing">So many drops more, like all, belong to each state.</param>
    /// <param name="rank">K, how many.</param>
    /// <returns>The bases of covariances of low rank.</returns>
    public MixtureBases Factors(double[][] found, double smoothing, int rank)
    {
        var factors = new List<float>();
        for (var state = 0; state < found[0].Length; state++)
        {
            using var scope = NewDisposeScope();
            var rows = Weighted(found, state, smoothing).flatten(2).flatten(0, 1);           // [N·R, D·A]
            factors.AddRange(Vectors(rows.mT.matmul(rows.conj()), rank));
        }
        return new([], [], [.. factors], rank);
    }

    private Tensor Weighted(double[][] found, int state, double smoothing)
    {
        using var scope = NewDisposeScope();
        var weights = tensor(found.Select(row => (float)Math.Sqrt(row[state] + smoothing / found.Length)).ToArray()).reshape(-1, 1, 1, 1);
        return (Crops() * weights).MoveToOuterDisposeScope();
    }

    // The last so many eigenvectors; eigenvalues ascend.
    private static float[] Vectors(Tensor covariance, int count)
    {
        using var scope = NewDisposeScope();
        var (_, vectors) = linalg.eigh(covariance.to(ScalarType.ComplexFloat64));
        var kept = vectors.narrow(1, vectors.shape[1] - count, count);
        return view_as_real(kept.contiguous()).to(ScalarType.Float32).contiguous().data<float>().ToArray();
    }

    private double[] Turned(MixtureBases bases, int state)
    {
        using var scope = NewDisposeScope();
        return view_as_real(bases.Analyse(Crops(), state)).to(ScalarType.Float64).square().sum([-1L]).sum([1L]).contiguous().data<double>().ToArray();
    }

    private Tensor Crops()
    {
        using var scope = NewDisposeScope();
        return view_as_complex(tensor(values, [Count, delays, receive, ports, 2])).transpose(1, 2).contiguous().MoveToOuterDisposeScope();   // [N, R, D, A]
    }
}
