namespace Feedback.SparsePaths;

/// <summary>Coefficients of a crop on the orthonormalised responses of paths, one path after the other.</summary>
internal sealed class OrthogonalProjection
{
    private const int Candidates = 4;
    private readonly PathDictionary dictionary;
    private readonly double[] crop;
    private readonly double[] contracted;
    private readonly GramSchmidt basis = new();
    private readonly List<double[]> coefficients = [];

    public OrthogonalProjection(PathDictionary dictionary, double[] crop)
    {
        (this.dictionary, this.crop) = (dictionary, crop);
        contracted = new double[dictionary.Channels * dictionary.Angles];
    }

    /// <summary>What a path would have as the next one.</summary>
    public double[] Coefficients(PathAtom atom) => Coefficients(atom, basis.Row(atom));

    /// <summary>Appends a path.</summary>
    public void Add(PathAtom atom)
    {
        var row = basis.Row(atom);
        coefficients.Add(Coefficients(atom, row));
        basis.Add(atom, row);
    }

    /// <summary>Takes the last paths away again.</summary>
    public void Remove(int count)
    {
        coefficients.RemoveRange(coefficients.Count - count, count);
        basis.Remove(count);
    }

    /// <summary>Of paths the one that would have the largest coefficients as the next one, sought among those of the largest weights.</summary>
    public (PathAtom Path, double[] Coefficients)? Largest(IEnumerable<PathAtom> atoms)
    {
        ((PathAtom, double[])? best, var most) = (null, 0.0);
        foreach (var atom in atoms.OrderByDescending(atom => atom.Energy * atom.Norm).Take(Candidates))
        {
            var found = Coefficients(atom);
            var energy = VectorSums.Dot(found, found);
            if (energy > most)
                (best, most) = ((atom, found), energy);
        }
        return best;
    }

    private double[] Coefficients(PathAtom atom, double[] row)
    {
        var (angles, channels) = (dictionary.Angles, dictionary.Channels);
        var result = new double[channels];
        VectorSums.Contract(crop, atom.DelayResponse, contracted);
        for (var c = 0; c < channels; c++)
        {
            var sum = VectorSums.Dot(contracted.AsSpan(c * angles, angles), atom.Angle);
            for (var k = 0; k < coefficients.Count; k++)
                sum -= row[k] * coefficients[k][c];
            result[c] = sum / row[^1];
        }
        return result;
    }
}
