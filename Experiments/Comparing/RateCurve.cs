using MathNet.Numerics.Interpolation;

namespace Experiments.Comparing;

/// <summary>A scheme's quality against bits, reduced to the points that no other point of it beats.</summary>
/// <remarks>A point with no fewer bits and no better quality than another is left out, so that bits and quality rise together.</remarks>
public sealed class RateCurve
{
    private readonly List<(double Bits, double Quality)> efficient = [];

    /// <summary>Sorts the points and leaves out those that others beat.</summary>
    /// <param name="points">Mean bits a report and quality; points without bits or with an infinite or undefined number do not count.</param>
    /// <param name="lessIsBetter">Whether the quality is an error.</param>
    public RateCurve(IEnumerable<(double Bits, double Quality)> points, bool lessIsBetter)
    {
        ArgumentNullException.ThrowIfNull(points);
        var usable = points.Where(point => point.Bits > 0 && double.IsFinite(point.Bits) && double.IsFinite(point.Quality)).ToList();
        var sign = lessIsBetter ? -1 : 1;
        foreach (var point in usable.OrderBy(point => point.Bits).ThenByDescending(point => sign * point.Quality))
        {
            if (efficient.Count == 0 || sign * point.Quality > sign * efficient[^1].Quality)
            {
                efficient.Add(point);
            }
        }
        LessIsBetter = lessIsBetter;
        Beaten = usable.Count - efficient.Count;
    }

    /// <summary>Whether the quality is an error.</summary>
    public bool LessIsBetter { get; }

    /// <summary>Number of points that are left.</summary>
    public int Count => efficient.Count;

    /// <summary>Number of points that were left out since others beat them.</summary>
    public int Beaten { get; }

    /// <summary>The quality at a number of bits, by the cubic over log bits by which curves are compared.</summary>
    /// <param name="bits">Mean bits a report, more than 0.</param>
    /// <returns>The quality; null beyond the curve, and between the points of one too short to be compared.</returns>
    public double? QualityAt(double bits)
    {
        if (Count == 0 || bits < Bits[0] || bits > Bits[^1])
        {
            return null;
        }
        if (Array.IndexOf(Bits, bits) is var own and >= 0)
        {
            return efficient[own].Quality;
        }
        return Count < BjontegaardDelta.FewestPoints
            ? null
            : CubicSpline.InterpolatePchipSorted(LogBits, Goodness).Interpolate(Math.Log(bits)) * (LessIsBetter ? -1 : 1);
    }

    /// <summary>The point of most bits; null if there is none.</summary>
    internal (double Bits, double Quality)? Finest => Count > 0 ? efficient[^1] : null;

    /// <summary>Bits, rising.</summary>
    internal double[] Bits => [.. efficient.Select(point => point.Bits)];

    /// <summary>Natural logarithms of the bits, rising.</summary>
    internal double[] LogBits => [.. efficient.Select(point => Math.Log(point.Bits))];

    /// <summary>Qualities, errors with their sign turned; rising.</summary>
    internal double[] Goodness => [.. efficient.Select(point => LessIsBetter ? -point.Quality : point.Quality)];
}
