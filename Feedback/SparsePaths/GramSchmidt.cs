namespace Feedback.SparsePaths;

/// <summary>Orthonormalises path responses one after the other; both sides repeat it from delays and directions.</summary>
/// <remarks>A row l of the Cholesky factor of the Gram matrix: atom k = Σ l[j]·e[j]. A path that hardly differs from those before it gets none of the next axis.</remarks>
internal sealed class GramSchmidt
{
    private const double Smallest = 1e-4;
    private readonly List<PathAtom> atoms = [];
    private readonly List<double[]> factors = [];

    /// <summary>Number of paths so far.</summary>
    public int Count => atoms.Count;

    /// <summary>The row of a path that would come next.</summary>
    public double[] Row(PathAtom atom)
    {
        var row = new double[Count + 1];
        var rest = atom.Norm;
        for (var k = 0; k < Count; k++)
        {
            var factor = factors[k];
            var sum = atom.Product(atoms[k]) - VectorSums.Dot(row.AsSpan(0, k), factor.AsSpan(0, k));
            row[k] = sum / factor[k];
            rest -= row[k] * row[k];
        }
        row[Count] = Math.Sqrt(Math.Max(rest, Smallest * atom.Norm));
        return row;
    }

    /// <summary>Appends a path.</summary>
    public void Add(PathAtom atom, double[] row)
    {
        atoms.Add(atom);
        factors.Add(row);
    }

    /// <summary>Takes the last paths away again.</summary>
    public void Remove(int count)
    {
        atoms.RemoveRange(Count - count, count);
        factors.RemoveRange(factors.Count - count, count);
    }

    /// <summary>Weights of the first paths themselves from coefficients of the orthonormal axes, [K][C]: back-substitution.</summary>
    public double[][] Weights(IReadOnlyList<double[]> coefficients, int count)
    {
        var weights = new double[count][];
        for (var k = count - 1; k >= 0; k--)
        {
            weights[k] = [.. coefficients[k]];
            for (var later = k + 1; later < count; later++)
            {
                for (var c = 0; c < weights[k].Length; c++)
                    weights[k][c] -= factors[later][k] * weights[later][c];
            }
            for (var c = 0; c < weights[k].Length; c++)
                weights[k][c] /= factors[k][k];
        }
        return weights;
    }
}
