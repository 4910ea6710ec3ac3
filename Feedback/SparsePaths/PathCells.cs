using Feedback.Quantization;

namespace Feedback.SparsePaths;

/// <summary>Chooses the cells of a path so that it errs little and leaves the trellis where those expected after it err little too.</summary>
internal sealed class PathCells
{
    private const int Foreseen = 3;

    // What is foreseen need not come true: paths still move and change their order.
    private const double Trust = 0.7;
    private readonly PathDictionary dictionary;
    private readonly double step;
    private readonly TrellisSearch search = new();
    private readonly List<TrellisCoordinate> later = [];

    /// <summary>Prepares for one crop.</summary>
    /// <param name="dictionary">What paths look like.</param>
    /// <param name="step">Δ.</param>
    public PathCells(PathDictionary dictionary, double step) => (this.dictionary, this.step) = (dictionary, step);

    /// <summary>Looks ahead from a path.</summary>
    /// <param name="projection">The paths sent.</param>
    /// <param name="atom">The path to be sent.</param>
    /// <param name="others">Those that may follow it.</param>
    /// <param name="least">Energy below which none is sent.</param>
    public void Foresee(OrthogonalProjection projection, PathAtom atom, IReadOnlyList<PathAtom> others, double least)
    {
        later.Clear();
        List<PathAtom> taken = [atom];
        projection.Add(atom);
        while (taken.Count <= Foreseen && projection.Largest(others.Where(other => !taken.Contains(other))) is var (next, coefficients) && Energy(coefficients) >= least)
        {
            var bucket = Magnitude.Bucket(Math.Sqrt(Energy(coefficients)) / step);
            later.AddRange([.. Place(next.Delay, next.First, next.Second, bucket, coefficients, Trust), .. Phases(coefficients, RingsOf(coefficients), Trust)]);
            taken.Add(next);
            projection.Add(next);
        }
        projection.Remove(taken.Count);
    }

    /// <summary>Cells of delay and direction: those whose error, and what they cost a bit, is least.</summary>
    /// <param name="state">State of the trellis before the path.</param>
    /// <param name="bucket">The path's magnitude.</param>
    /// <param name="delay">Delay [taps].</param>
    /// <param name="first">Direction along the first axis [bins].</param>
    /// <param name="second">Direction along the second axis [bins].</param>
    /// <param name="coefficients">The path's coefficients.</param>
    /// <param name="price">What the bits of a place cost.</param>
    /// <returns>The path, its rings and phases still 0.</returns>
    public CodedPath Locate(int state, int bucket, double delay, double first, double second, double[] coefficients, Func<CodedPath, double> price)
    {
        Span<TrellisCoordinate> place = Place(delay, first, second, bucket, coefficients, 1);
        search.Prepare([.. Phases(coefficients, RingsOf(coefficients), 1), .. later]);
        var (best, least, components) = ((CodedPath?)null, double.PositiveInfinity, dictionary.Channels / 2);
        Span<int> cells = [0, 0, 0];
        // Each choice of odd or even cells leads to one place.
        for (var parities = 0; parities < 1 << place.Length; parities++)
        {
            var (at, cost) = (state, 0.0);
            for (var i = 0; i < place.Length; i++)
            {
                (cells[i], var added) = place[i].Nearest(Trellis.Shift(at), parities >> i & 1);
                (at, cost) = (Trellis.Next(at, cells[i]), cost + added);
            }
            if (double.IsInfinity(cost))
                continue;
            var path = new CodedPath(state, dictionary.Second > 1, bucket, cells[0], cells[1], cells[2], new int[components], new int[components]);
            cost += search.Cost(at) + price(path);
            if (cost < least)
                (best, least) = (path, cost);
        }
        return best!;
    }

    /// <summary>Points on the rings of a path.</summary>
    /// <param name="path">The path, which receives them.</param>
    /// <param name="coefficients">Its coefficients where it now lies.</param>
    public void Turn(CodedPath path, double[] coefficients)
    {
        search.Prepare([.. Phases(coefficients, path.Rings, 1), .. later]);
        for (var (j, k) = (0, 0); j < path.Rings.Length; j++)
            path.Phases[j] = path.Rings[j] > 0 ? search.Cell(k++, path.Before(j)) : 0;
    }

    private static double Energy(ReadOnlySpan<double> coefficients) => VectorSums.Dot(coefficients, coefficients);

    // A path of energy E that lies δ bins off errs by π²/3·E·δ².
    private TrellisCoordinate[] Place(double delay, double first, double second, int bucket, double[] coefficients, double trust)
    {
        var resolution = Magnitude.Resolution(bucket);
        var weight = trust * Math.PI * Math.PI / 3 * Math.ScaleB(Energy(coefficients), -2 * resolution);
        TrellisCoordinate Of(double place, int bins, bool isRound) => new(Math.ScaleB(place + 0.5, resolution) - 0.5, weight, bins << resolution, isRound);
        var (delays, firsts) = (Of(delay, dictionary.Delays, isRound: false), Of(first, dictionary.First, isRound: true));
        return dictionary.Second > 1 ? [delays, firsts, Of(second, dictionary.Second, isRound: true)] : [delays, firsts];
    }

    private int[] RingsOf(double[] coefficients) => [.. coefficients.Chunk(2).Select(value => PolarQuantizer.Ring(Math.Sqrt(Energy(value)) / step))];

    private static IEnumerable<TrellisCoordinate> Phases(double[] coefficients, int[] rings, double trust)
    {
        for (var j = 0; j < rings.Length; j++)
        {
            if (rings[j] == 0)
                continue;
            var point = 2 * Math.PI / PolarQuantizer.Points(rings[j]);
            var weight = trust * Energy(coefficients.AsSpan(2 * j, 2)) * point * point;
            yield return new(Math.Atan2(coefficients[2 * j + 1], coefficients[2 * j]) / point, weight, PolarQuantizer.Points(rings[j]), IsRound: true);
        }
    }
}
