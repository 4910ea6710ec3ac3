namespace Feedback.SparsePaths;

/// <summary>A learned density of how far a path lies from an earlier one along one coordinate: constant between edges that double from 1/64 bin.</summary>
internal sealed class OffsetKernel
{
    /// <summary>Number of pieces.</summary>
    public const int Pieces = 26;

    private const int Half = Pieces / 2;
    private const int PerBin = 128;
    private const int Reach = 64;
    private readonly double[] cumulative = new double[2 * Reach * PerBin + 2];

    /// <summary>Creates the kernel.</summary>
    /// <param name="masses">Probability of each piece, from the most negative to the most positive.</param>
    public OffsetKernel(ReadOnlySpan<float> masses)
    {
        var piece = 0;
        var sum = 0.0;
        for (var i = 1; i < cumulative.Length; i++)
        {
            var middle = (i - 0.5) / PerBin - Reach;
            while (piece < Pieces - 1 && middle > Edge(piece + 1))
                piece++;
            sum += masses[piece] / (Edge(piece + 1) - Edge(piece)) / PerBin;
            cumulative[i] = sum;
        }
    }

    /// <summary>The lower edge of a piece [bins].</summary>
    public static double Edge(int piece) => piece == Half ? 0
        : piece > Half ? Math.ScaleB(1, piece - Half - 7)
        : -Math.ScaleB(1, Half - piece - 7);

    /// <summary>The probability of an interval [bins].</summary>
    public double Mass(double lower, double upper) => Below(upper) - Below(lower);

    /// <summary>Adds the probabilities of bins from one on, each one wide, times a weight.</summary>
    public void AddBins(double lower, double weight, Span<double> masses)
    {
        var below = Below(lower);
        for (var bin = 0; bin < masses.Length; bin++)
        {
            var upper = Below(lower + bin + 1);
            masses[bin] += weight * (upper - below);
            below = upper;
        }
    }

    private double Below(double offset)
    {
        var place = Math.Clamp((offset + Reach) * PerBin, 0, cumulative.Length - 2);
        var index = (int)place;
        return cumulative[index] + (place - index) * (cumulative[index + 1] - cumulative[index]);
    }
}
