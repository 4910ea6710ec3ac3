namespace Feedback.Quantization;

/// <summary>A number for which <see cref="TrellisSearch"/> finds a cell.</summary>
/// <param name="Place">The number [cells], the middle of cell i being i.</param>
/// <param name="Weight">What the square of an error of one cell costs.</param>
/// <param name="Cells">Number of cells.</param>
/// <param name="IsRound">Whether the first cell follows the last.</param>
public readonly record struct TrellisCoordinate(double Place, double Weight, int Cells, bool IsRound)
{
    // Of two neighbours one is odd and one even, but beyond an end and where a circle of an odd number of cells closes.
    private const int Reach = 2;

    /// <summary>The best cell among the odd or the even ones, and what it costs: without end where there is none.</summary>
    /// <param name="shift">Where points lie beside the middle of their cells [cells].</param>
    /// <param name="parity">0 for the even cells, 1 for the odd ones.</param>
    /// <returns>The cell, 0 … <see cref="Cells"/> - 1, and its cost.</returns>
    public (int Cell, double Cost) Nearest(double shift, int parity)
    {
        var (found, least) = (0, double.PositiveInfinity);
        var nearest = (int)Math.Round(Place - shift);
        for (var candidate = nearest - Reach; candidate <= nearest + Reach; candidate++)
        {
            var cell = IsRound ? (candidate % Cells + Cells) % Cells : candidate;
            var cost = Weight * (Place - shift - candidate) * (Place - shift - candidate);
            if (cell >= 0 && cell < Cells && (cell & 1) == parity && cost < least)
                (found, least) = (cell, cost);
        }
        return (found, least);
    }
}
