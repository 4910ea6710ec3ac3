using Feedback.Quantization;

namespace Feedback.SparsePaths;

/// <summary>Chooses and quantises the paths of one crop so that each is worth its bits: |c|² more than λ·bits.</summary>
/// <remarks>
/// Paths are found and refined first, then frozen to their cells one by one, the strongest next; those not yet frozen move to make up for what
/// cells cost those before them. Coefficients are those of the orthonormalised responses, so that their errors add up to the error of the crop.
/// </remarks>
internal sealed class PathEncoder
{
    /// <summary>λ in Δ² a bit: the slope 2 ln 2 · D of a fine quantiser whose error D is 1.1 dB below Δ²/12 in three of four coordinates.</summary>
    public const double Slope = 0.1;

    private const double UsualBits = 12;
    private const double MostBits = 48;
    private const double Unsettled = 0.2;
    private const int MostSweeps = 8;
    private const int Attempts = 3;
    private readonly PathDictionary dictionary;
    private readonly PathModel? model;
    private readonly PolarQuantizer polar;
    private readonly MatchingPursuit pursuit;
    private readonly OrthogonalProjection projection;
    private readonly double step;
    private readonly double least;
    private readonly PathCells cells;
    private int state;

    /// <summary>Prepares for one crop.</summary>
    /// <param name="dictionary">What paths look like.</param>
    /// <param name="model">What paths cost; null while there is none, when all cost the same.</param>
    /// <param name="polar">The quantiser of coefficients.</param>
    /// <param name="start">State of the <see cref="Trellis"/> before the first path.</param>
    /// <param name="crop">The crop, phases as in the dictionary.</param>
    /// <param name="step">Δ.</param>
    /// <param name="noise">Variance of the error of a complex value of the crop.</param>
    public PathEncoder(PathDictionary dictionary, PathModel? model, PolarQuantizer polar, int start, double[] crop, double step, double noise)
    {
        (this.dictionary, this.model, this.polar, this.step, state) = (dictionary, model, polar, step, start);
        cells = new PathCells(dictionary, step);
        // White noise alone reaches about ln M of its variance on the best of M points of the grid.
        least = noise * (Math.Log(dictionary.Delays * dictionary.Angles) + dictionary.Channels / 2.0);
        pursuit = new MatchingPursuit(dictionary, crop);
        projection = new OrthogonalProjection(dictionary, crop);
    }

    /// <summary>Ring and magnitude along the point sent, in units of the step, of every component of every path.</summary>
    public List<(int Ring, double Magnitude)> Seen { get; } = [];

    /// <summary>Delay of the first path in cells of its width, the middle of the first being 0; null where there is no path.</summary>
    public double? FirstDelay { get; private set; }

    /// <summary>What each path of those sent takes away of the squared error.</summary>
    public List<double> Gains { get; } = [];

    /// <summary>Runs.</summary>
    /// <param name="most">How many paths at most, 1 … <see cref="PathModel.MostPaths"/>.</param>
    /// <returns>The paths in the order of sending.</returns>
    public List<CodedPath> Run(int most)
    {
        var coded = new List<CodedPath>();
        Search(most);
        while (coded.Count < most && Next() is { } atom)
        {
            var delay = atom.Delay;
            var path = Quantize(atom, out var gained);
            if (gained < Math.Max(least, Slope * step * step * MostBits) && !IsWorthwhile(path, gained))
                break;
            FirstDelay ??= Math.ScaleB(delay + 0.5, path.Resolution) - 0.5;
            coded.Add(path);
            Gains.Add(gained);
            model?.Add(path);
            state = path.Before(path.Rings.Length);
            projection.Add(atom);
            atom.Frozen = true;
            Settle(atom);
        }
        return coded;
    }

    private bool IsWorthwhile(CodedPath path, double gained) => gained >= Math.Max(least, Slope * step * step * (model?.Bits(path) ?? UsualBits));

    private void Search(int most)
    {
        while (pursuit.Atoms.Count < most && Find() is not null)
            pursuit.Sweep(null);
        Settle(null);
    }

    // Paths that overlap come to rest slowly; another sweep is made while the last one was worth a part of a bit.
    private void Settle(PathAtom? centre)
    {
        for (var sweep = 0; sweep < MostSweeps && pursuit.Sweep(centre) > Slope * step * step * Unsettled; sweep++)
        {
        }
    }

    private PathAtom? Find()
    {
        if (pursuit.Find(Math.Max(least, Slope * step * step * UsualBits)) is not { } atom)
            return null;
        pursuit.Refine(atom);
        pursuit.Refine(atom);
        return atom;
    }

    // Once all that were found are frozen, what is still to be found.
    private PathAtom? Next() => projection.Largest(Unsent(null))?.Path ?? Find();

    private IEnumerable<PathAtom> Unsent(PathAtom? but) => pursuit.Atoms.Where(atom => !atom.Frozen && atom != but);

    // The magnitude decides how finely the path is located, and where it is located decides the magnitude.
    private CodedPath Quantize(PathAtom atom, out double gained)
    {
        var (delay, first, second) = (atom.Delay, atom.First, atom.Second);
        var coefficients = projection.Coefficients(atom);
        var bucket = Magnitude.Bucket(Math.Sqrt(VectorSums.Dot(coefficients, coefficients)) / step);
        cells.Foresee(projection, atom, [.. Unsent(atom)], Slope * step * step * UsualBits);
        for (var attempt = 0; ; attempt++)
        {
            var bits = model?.PlaceBits(bucket);
            var path = cells.Locate(state, bucket, delay, first, second, coefficients, place => Slope * step * step * (bits?.Invoke(place) ?? 0));
            pursuit.Move(atom, path);
            coefficients = projection.Coefficients(atom);
            var radius = QuantizeMagnitudes(path, coefficients, attempt == Attempts);
            cells.Turn(path, coefficients);
            var found = Magnitude.Bucket(radius);
            if (found == bucket || attempt == Attempts)
            {
                gained = Gain(path, coefficients);
                return path;
            }
            bucket = found;
        }
    }

    private double QuantizeMagnitudes(CodedPath path, double[] coefficients, bool last)
    {
        var radius = 0.0;
        var (lowest, highest) = Magnitude.Rings(path.Bucket);
        for (var j = 0; j < path.Rings.Length; j++)
        {
            var (real, imaginary) = (coefficients[2 * j] / step, coefficients[2 * j + 1] / step);
            var ring = PolarQuantizer.Ring(Math.Sqrt(real * real + imaginary * imaginary));
            if (path.Rings.Length == 1)
                ring = last ? Math.Clamp(ring, lowest, highest) : Math.Max(ring, 1);
            else if (ComponentRings.IsTooSmall(path.Bucket, ring))
                ring = 0;
            else
                // Where no bucket was its own, a component may be larger than its path's has words for.
                ring = Math.Min(ring, Magnitude.Rings(path.Bucket + 1).Highest);
            path.Rings[j] = ring;
            radius += (double)ring * ring;
        }
        return Math.Sqrt(radius);
    }

    private double Gain(CodedPath path, double[] coefficients)
    {
        var gained = 0.0;
        for (var j = 0; j < path.Rings.Length; j++)
        {
            var (real, imaginary) = (coefficients[2 * j] / step, coefficients[2 * j + 1] / step);
            var (sentReal, sentImaginary) = polar.Value(path.Rings[j], path.Phase(j));
            gained += real * real - Math.Pow(real - sentReal, 2) + imaginary * imaginary - Math.Pow(imaginary - sentImaginary, 2);
            if (path.Rings[j] > 0)
            {
                var (sine, cosine) = Math.SinCos(2 * Math.PI * path.Phase(j) / PolarQuantizer.Points(path.Rings[j]));
                Seen.Add((path.Rings[j], real * cosine + imaginary * sine));
            }
        }
        return gained * step * step;
    }
}
