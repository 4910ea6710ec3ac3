namespace Feedback.Quantization;

/// <summary>Finds the walk through <see cref="Trellis"/> whose points err least: the Viterbi algorithm [Forney1973], from the last coordinate back to the first.</summary>
public sealed class TrellisSearch
{
    private const int Grids = 2;
    private readonly List<TrellisCoordinate> coordinates = [];

    // Of each coordinate the best even and odd cell on either grid, in which alone states differ.
    private readonly List<(int Cell, double Cost)[]> nearest = [];
    private readonly List<double[]> costs = [];

    /// <summary>Weighs all walks.</summary>
    /// <param name="walked">The coordinates.</param>
    public void Prepare(IEnumerable<TrellisCoordinate> walked)
    {
        ArgumentNullException.ThrowIfNull(walked);
        coordinates.Clear();
        coordinates.AddRange(walked);
        while (costs.Count <= coordinates.Count)
        {
            costs.Add(new double[Trellis.States]);
            nearest.Add(new (int, double)[2 * Grids]);
        }
        Array.Clear(costs[coordinates.Count]);
        for (var i = coordinates.Count - 1; i >= 0; i--)
        {
            for (var choice = 0; choice < 2 * Grids; choice++)
                nearest[i][choice] = coordinates[i].Nearest(Trellis.Shift(choice / 2), choice % 2);
            for (var state = 0; state < Trellis.States; state++)
                costs[i][state] = Choose(i, state).Cost;
        }
    }

    /// <summary>What the best walk from a state before the first coordinate costs.</summary>
    /// <param name="state">The state, 0 … <see cref="Trellis.States"/> - 1.</param>
    /// <returns>The sum over all coordinates.</returns>
    public double Cost(int state) => costs[0][state];

    /// <summary>The cell of a coordinate on the best walk from a state before it.</summary>
    /// <param name="coordinate">Which coordinate, from 0.</param>
    /// <param name="state">The state before it; a state to start from is permitted before the first.</param>
    /// <returns>The cell.</returns>
    public int Cell(int coordinate, int state) => Choose(coordinate, state).Cell;

    private (int Cell, double Cost) Choose(int coordinate, int state)
    {
        var best = (Cell: 0, Cost: double.PositiveInfinity);
        for (var parity = 0; parity < 2; parity++)
        {
            var (cell, cost) = state < Trellis.States
                ? nearest[coordinate][2 * (state % Grids) + parity]
                : coordinates[coordinate].Nearest(Trellis.Shift(state), parity);
            cost += costs[coordinate + 1][Trellis.Next(state, parity)];
            if (cost < best.Cost)
                best = (cell, cost);
        }
        return best;
    }
}
