namespace Feedback.SparsePaths;

/// <summary>Paths as the base station knows them: responses where their cells say, and what those weigh.</summary>
internal sealed class DecodedPaths
{
    private readonly PathDictionary dictionary;
    private readonly GramSchmidt basis = new();
    private readonly List<double[]> coefficients = [];

    /// <summary>Rebuilds paths.</summary>
    /// <param name="dictionary">What paths look like.</param>
    /// <param name="polar">The quantiser of coefficients.</param>
    /// <param name="width">Δ.</param>
    /// <param name="paths">The paths in the order of sending.</param>
    public DecodedPaths(PathDictionary dictionary, PolarQuantizer polar, double width, IEnumerable<CodedPath> paths)
    {
        this.dictionary = dictionary;
        foreach (var path in paths)
        {
            var atom = new PathAtom(dictionary, withSlopes: false);
            path.Locate(atom, dictionary);
            basis.Add(atom, basis.Row(atom));
            Atoms.Add(atom);
            var values = new double[dictionary.Channels];
            for (var j = 0; j < path.Rings.Length; j++)
            {
                var (real, imaginary) = polar.Value(path.Rings[j], path.Phase(j));
                (values[2 * j], values[2 * j + 1]) = (width * real, width * imaginary);
            }
            coefficients.Add(values);
        }
    }

    /// <summary>The responses.</summary>
    public List<PathAtom> Atoms { get; } = [];

    /// <summary>Weights of the first of them where no others are sent, [count][C].</summary>
    public double[][] Weights(int count) => basis.Weights(coefficients, count);

    /// <summary>What the first of them leave of a crop.</summary>
    /// <param name="crop">The crop, phases as in the dictionary.</param>
    /// <param name="count">How many.</param>
    /// <returns>The same without those paths.</returns>
    public double[] TakenFrom(double[] crop, int count)
    {
        double[] rest = [.. crop];
        var (angles, part) = (dictionary.Angles, new double[dictionary.Channels * dictionary.Angles]);
        foreach (var (atom, weights) in Atoms.Zip(Weights(count)))
        {
            for (var c = 0; c < weights.Length; c++)
            {
                for (var m = 0; m < angles; m++)
                    part[c * angles + m] = weights[c] * atom.Angle[m];
            }
            for (var delay = 0; delay < dictionary.Delays; delay++)
                VectorSums.AddScaled(rest.AsSpan(delay * part.Length, part.Length), part, -atom.DelayResponse[delay]);
        }
        return rest;
    }
}
