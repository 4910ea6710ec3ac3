using System.Globalization;
using MathNet.Numerics.Distributions;
using Tests.Support;

namespace Tests.Channels;

/// <summary>COST 2100 without line of sight against the percentiles of the official code's drops.</summary>
[DisposesItsTensors]
public sealed class Cost2100PercentileTests
{
    private static readonly (string Column, double Share)[] Percentiles =
        [("p05", 0.05), ("p10", 0.1), ("p25", 0.25), ("median", 0.5), ("p75", 0.75), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99)];

    [Fact]
    public void Draw_SemiUrbanNlos_PercentilesOfTheOfficialCode() => Compare(300, 31);

    [Fact, Trait("Category", "slow")]
    public void Draw_SemiUrbanNlosManyDrops_PercentilesOfTheOfficialCode() => Compare(2000, 40_000);

    // Both samples are finite: a share of q among n and m drops differs by √(q(1 - q)(1/n + 1/m)), a mean by both standard errors.
    private static void Compare(int drops, ulong seed)
    {
        var ours = DropTable.Measure("semi-urban-300mhz-nlos", drops, seed);
        var lines = File.ReadAllLines(ReferenceFile.Cost2100("semi-urban-300mhz-nlos-percentiles"));
        var names = lines[0].Split(',');
        var probabilities = new Dictionary<string, double>();
        foreach (var line in lines.Skip(1))
        {
            var cells = line.Split(',');
            double Cell(string name) => double.Parse(cells[Array.IndexOf(names, name)], CultureInfo.InvariantCulture);
            var values = ours[cells[0]];
            var (n, m) = (Cell("n"), (double)values.Length);
            foreach (var (column, share) in Percentiles)
            {
                // Counts have ties: the share lies between those below and those not above.
                var value = Cell(column);
                var below = values.Count(x => x < value * (1 - 1e-5)) / m;
                var upTo = values.Count(x => x <= value * (1 + 1e-5)) / m;
                var off = Math.Max(0, Math.Max(below - share, share - upTo));
                probabilities[$"{cells[0]} {column}"] = TwoSided(off / Math.Sqrt(share * (1 - share) * (1 / n + 1 / m)));
            }
            var mean = values.Average();
            var variance = values.Sum(x => (x - mean) * (x - mean)) / (m - 1);
            probabilities[$"{cells[0]} mean"] = TwoSided((mean - Cell("mean")) / Math.Sqrt(variance / m + Math.Pow(Cell("std"), 2) / n));
        }
        Assert.Equal(17 * 9, probabilities.Count);
        Assert.Empty(KolmogorovSmirnov.Rejected(probabilities, 0.01));
    }

    private static double TwoSided(double deviations) => 2 * Normal.CDF(0, 1, -Math.Abs(deviations));
}
