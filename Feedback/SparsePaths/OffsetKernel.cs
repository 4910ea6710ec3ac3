namespace Feedback.SparsePaths;

/// <summary>A learned density of how far a path lies from an earlier one along one coordinate: constant between edges that double from 1/64 bin.</summary>
internal sealed class OffsetKernel
{
    /// <summary>Number of pieces.</summary>
    public const int Pieces = 26;

    private const int Half = Pieces / 2;
    private const int Finest = 6;
    private const double Largest = 64;
    private const int ExponentBias = 1023;
    private const int MantissaBits = 52;
    private readonly double[] starts = new double[Pieces];
    private readonly double[] slopes = new double[Pieces];

    /// <summary>Creates the kernel.</summary>
    /// <param name="masses">Probability of each piece, from the most negative to the most positive.</param>
    public OffsetKernel(ReadOnlySpan<float> masses)
    {
        var below = 0.0;
        for (var piece = 0; piece < Pieces; piece++)
        {
            // On the negative side distances count downwards.
            var isNegative = piece < Half;
            var place = isNegative ? 2 * Half - 1 - piece : piece - Half;
            var density = masses[piece] / (Edge(piece + 1) - Edge(piece));
            (starts[place], slopes[place]) = isNegative
                ? (below + density * -Edge(piece), -density)
                : (below - density * Edge(piece), density);
            below += masses[piece];
        }
    }

    /// <summary>The lower edge of a piece [bins].</summary>
    public static double Edge(int piece) => piece == Half ? 0
        : piece > Half ? Math.ScaleB(1, piece - Half - 7)
        : -Math.ScaleB(1, Half - piece - 7);

    /// <summary>The probability of all offsets below one [bins].</summary>
    public double Below(double offset)
    {
        var distance = Math.Min(Math.Abs(offset), Largest);
        // 0 below the innermost edge, one more for every doubling: the exponent of the number.
        var piece = Math.Clamp((int)(BitConverter.DoubleToInt64Bits(distance) >> MantissaBits) - ExponentBias + Finest + 1, 0, Half - 1);
        var place = offset < 0 ? piece + Half : piece;
        return starts[place] + slopes[place] * distance;
    }
}
