using Feedback.Quantization;

namespace Tests.Feedback.Quantization;

public sealed class TrellisTests
{
    // Published gains over one grid at high rates: 1.33 dB with 256 states, 1.0 dB with 4. The mean over 20,000 numbers has a standard error of 0.03 dB at most.
    [Fact]
    public void Cell_UniformNumbers_ErrOneDecibelLessThanOnOneGrid()
    {
        var random = new Random(7);
        var search = new TrellisSearch();
        TrellisCoordinate[] row = [.. Enumerable.Range(0, 20_000).Select(_ => new TrellisCoordinate(1000 * random.NextDouble(), 1, 1002, IsRound: false))];
        search.Prepare(row);
        var (state, error) = (0, 0.0);
        for (var i = 0; i < row.Length; i++)
        {
            var cell = search.Cell(i, state);
            error += Math.Pow(row[i].Place - cell - Trellis.Shift(state), 2);
            state = Trellis.Next(state, cell);
        }
        Assert.Equal(search.Cost(0), error, 1e-9 * error);
        Assert.InRange(10 * Math.Log10(1.0 / 12 / (error / row.Length)), 1.0, 1.2);
    }

    [Theory, InlineData(0), InlineData(3), InlineData(Trellis.Start), InlineData(Trellis.StartOnEdge)]
    public void Cell_FewCoordinates_AreThoseOfTheBestOfAllWalks(int start)
    {
        var random = new Random(start);
        var search = new TrellisSearch();
        for (var trial = 0; trial < 100; trial++)
        {
            TrellisCoordinate[] row = [.. Enumerable.Range(0, 4).Select(i =>
                new TrellisCoordinate(5 * random.NextDouble() - 0.5, 0.1 + random.NextDouble(), 4 + i % 2, IsRound: i > 1))];
            search.Prepare(row);
            var (state, cost) = (start, 0.0);
            for (var i = 0; i < row.Length; i++)
            {
                var cell = search.Cell(i, state);
                (state, cost) = (Trellis.Next(state, cell), cost + Cost(row[i], state, cell));
            }
            Assert.Equal(Best(row, 0, start), cost, 1e-12);
        }

        double Cost(TrellisCoordinate coordinate, int state, int cell)
        {
            var away = coordinate.Place - cell - Trellis.Shift(state);
            if (coordinate.IsRound)
                away = Math.IEEERemainder(away, coordinate.Cells);
            return coordinate.Weight * away * away;
        }

        double Best(TrellisCoordinate[] row, int i, int state) => i == row.Length ? 0 : Enumerable.Range(0, row[i].Cells)
            .Min(cell => Cost(row[i], state, cell) + Best(row, i + 1, Trellis.Next(state, cell)));
    }

    // Points of the two grids in turn must belong to four subsets, and what leads to one state must differ, or the walks would not keep their distance.
    [Fact]
    public void Next_EveryState_IsReachedFromTwoOfOneGridWithCellsApart()
    {
        var ways = Enumerable.Range(0, Trellis.States).SelectMany(state => new[] { 0, 1 }.Select(cell => (State: state, Cell: cell, After: Trellis.Next(state, cell)))).ToList();
        Assert.All(ways.GroupBy(way => way.After), group =>
        {
            Assert.Equal(2, group.Count());
            Assert.Single(group.Select(way => Trellis.Shift(way.State)).Distinct());
            Assert.Equal(2, group.Select(way => way.Cell).Distinct().Count());
        });
        Assert.All(ways.GroupBy(way => way.State), group => Assert.Equal(2, group.Select(way => way.After).Distinct().Count()));
    }

    [Theory, InlineData(0.0, Trellis.StartOnEdge), InlineData(0.5, Trellis.Start), InlineData(0.25, Trellis.Start)]
    public void StartFor_PutsTheFirstNumberWhereMostAre(double within, int expected) =>
        Assert.Equal(expected, Trellis.StartFor([4 + within - 0.5, 9 + within - 0.5, within - 0.5]));
}
