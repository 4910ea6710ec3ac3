namespace Feedback.SparsePaths;

/// <summary>Coefficients of a crop on the orthonormalised responses of paths, one path after the other.</summary>
internal sealed class OrthogonalProjection
{
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
