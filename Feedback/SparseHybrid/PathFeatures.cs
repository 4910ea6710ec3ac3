using Feedback.Coding;
using Feedback.SparsePaths;

namespace Feedback.SparseHybrid;

/// <summary>What the networks of the prior see of a report: numbers of rows, in blocks for one property each.</summary>
internal sealed class PathFeatures
{
    /// <summary>Rows of a description of the next path.</summary>
    public const int QueryLength = 4;

    /// <summary>Rows of a description of an earlier path beside the next one.</summary>
    public const int KeyLength = QueryLength + 8;

    /// <summary>Rows of a description of the report before the next path's magnitude.</summary>
    public const int MagnitudeLength = 8;

    private const int Buckets = Magnitude.Buckets;
    private const int Counts = 48;
    private const int Differences = 33;
    private const int Crowd = 10;
    private const int Distances = 10;
    private const int Shares = 24;
    private const int Finest = 31;
    private const double Reach = 2;
    private readonly int delays;
    private readonly int first;
    private readonly int second;

    public PathFeatures(int delays, int first, int second) => (this.delays, this.first, this.second) = (delays, first, second);

    /// <summary>Number of rows that describe the next path.</summary>
    public static int Queries => Buckets + Counts + Differences + Differences;

    /// <summary>Number of rows that describe an earlier path beside the next one.</summary>
    public int Keys => Queries + Buckets + Differences + 2 * Counts + Crowd + Distances + delays + first;

    /// <summary>Number of rows that describe a report before the next path's magnitude.</summary>
    public static int Magnitudes => Buckets + Counts + 3 * Differences + Distances + Shares + Finest;

    /// <summary>Describes the next path.</summary>
    public static void Query(IReadOnlyList<CodedPath> earlier, int bucket, Span<int> rows)
    {
        var at = 0;
        rows[0] = Place(ref at, Buckets, bucket);
        rows[1] = Place(ref at, Counts, earlier.Count);
        rows[2] = Place(ref at, Differences, earlier.Count == 0 ? 0 : earlier[0].Bucket - bucket + 1);
        rows[3] = Place(ref at, Differences, earlier.Count == 0 ? 0 : earlier[^1].Bucket - bucket + 16);
    }

    /// <summary>Counts the other paths near each one.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="counts">Receives a number for each.</param>
    public void Neighbours(IReadOnlyList<CodedPath> paths, Span<int> counts)
    {
        counts.Clear();
        Span<double> delay = stackalloc double[paths.Count];
        Span<double> x = stackalloc double[paths.Count];
        Span<double> y = stackalloc double[paths.Count];
        for (var i = 0; i < paths.Count; i++)
        {
            (delay[i], x[i], y[i]) = (paths[i].DelayPlace, paths[i].FirstPlace, paths[i].SecondPlace);
            for (var j = 0; j < i; j++)
            {
                if (Math.Abs(delay[i] - delay[j]) < Reach && Squared(delay[i] - delay[j], x[i] - x[j], y[i] - y[j]) < Reach * Reach)
                {
                    counts[i]++;
                    counts[j]++;
                }
            }
        }
    }

    /// <summary>Describes an earlier path beside the next one, whose description the rows begin with.</summary>
    public void Key(IReadOnlyList<CodedPath> earlier, int path, int neighbours, int bucket, Span<int> rows)
    {
        var (at, own) = (Queries, earlier[path]);
        rows[QueryLength] = Place(ref at, Buckets, own.Bucket);
        rows[QueryLength + 1] = Place(ref at, Differences, own.Bucket - bucket + 8);
        rows[QueryLength + 2] = Place(ref at, Counts, path);
        rows[QueryLength + 3] = Place(ref at, Counts, earlier.Count - 1 - path);
        rows[QueryLength + 4] = Place(ref at, Crowd, neighbours);
        rows[QueryLength + 5] = Place(ref at, Distances, Class(Squared(own, earlier[^1])));
        rows[QueryLength + 6] = Place(ref at, delays, own.Delay >> own.Resolution);
        rows[QueryLength + 7] = Place(ref at, first, own.First >> own.Resolution);
    }

    /// <summary>Describes a report of at least one path before the next one's magnitude.</summary>
    public void BeforeMagnitude(IReadOnlyList<CodedPath> earlier, double step, Span<int> rows)
    {
        var (at, count) = (0, earlier.Count);
        var last = earlier[^1];
        rows[0] = Place(ref at, Buckets, last.Bucket);
        rows[1] = Place(ref at, Counts, count);
        rows[2] = Place(ref at, Differences, earlier[0].Bucket - last.Bucket);
        rows[3] = Place(ref at, Differences, count > 1 ? earlier[^2].Bucket - last.Bucket + 8 : Differences - 1);
        rows[4] = Place(ref at, Differences, count > 2 ? earlier[^3].Bucket - last.Bucket + 8 : Differences - 1);
        rows[5] = Place(ref at, Distances, count > 1 ? Class(Nearest(earlier).Squared) : Distances - 1);
        rows[6] = Place(ref at, Shares, Left(earlier, step));
        // Whole steps are learned from, and every other row is theirs; those between go by the nearest.
        rows[7] = Place(ref at, Finest, 2 * (int)Math.Floor(step + 0.5));
    }

    /// <summary>The earlier path nearest to the last one of a list, and the square of its distance [bins²].</summary>
    public (int Path, double Squared) Nearest(IReadOnlyList<CodedPath> paths) => Nearest(paths, paths.Count - 1, paths[^1]);

    /// <summary>Of so many first paths the one nearest to a path, and the square of its distance [bins²].</summary>
    public (int Path, double Squared) Nearest(IReadOnlyList<CodedPath> paths, int count, CodedPath path)
    {
        var (nearest, least) = (-1, double.PositiveInfinity);
        for (var i = 0; i < count; i++)
        {
            if (Squared(paths[i], path) is var squared && squared < least)
                (nearest, least) = (i, squared);
        }
        return (nearest, least);
    }

    // log2 of the square of a distance in steps of 1 from (1/4 bin)², read off the exponent.
    private static int Class(double squared) => Math.Clamp((int)(BitConverter.DoubleToInt64Bits(Math.Max(squared, 1e-9)) >> 52) - 1023 + 4, 0, Distances - 1);

    // log2 of the energy that earlier paths leave of a crop of energy 1, over that of the step, read off the exponent.
    private static int Left(IReadOnlyList<CodedPath> earlier, double step)
    {
        var whole = PlainArithmetic.PowerOfTwo(2 + step);
        foreach (var path in earlier)
        {
            foreach (var ring in path.Rings)
                whole -= (double)ring * ring;
        }
        return whole <= 1 ? 0 : Math.Min((int)(BitConverter.DoubleToInt64Bits(whole) >> 52) - 1023 + 1, Shares - 1);
    }

    private static int Place(ref int at, int length, int value)
    {
        var row = at + Math.Clamp(value, 0, length - 1);
        at += length;
        return row;
    }

    private double Squared(CodedPath one, CodedPath other) =>
        Squared(one.DelayPlace - other.DelayPlace, one.FirstPlace - other.FirstPlace, one.SecondPlace - other.SecondPlace);

    private double Squared(double delay, double x, double y)
    {
        (x, y) = (Around(x, first), second > 1 ? Around(y, second) : 0);
        return delay * delay + x * x + y * y;
    }

    private static double Around(double difference, int bins)
    {
        var wrapped = Math.Abs(difference) % bins;
        return Math.Min(wrapped, bins - wrapped);
    }
}
