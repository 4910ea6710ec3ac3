using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Draws the correlated log-normal quantities of clusters: x = zC, q = m·10^(σx/10), C the upper Cholesky factor of the correlations.</summary>
internal sealed class ClusterSpreads
{
    private const int Quantities = 6;
    private readonly double[] logarithmOfMedian;
    private readonly double[] mixing;

    /// <summary>Factors the correlations.</summary>
    /// <param name="scenario">The parameter column.</param>
    public ClusterSpreads(Cost2100Scenario scenario)
    {
        LogNormalParameter[] parameters =
        [
            new() { Median = 1, SigmaDecibels = scenario.ShadowingDecibels },
            scenario.DelaySpread,
            scenario.DepartureElevationDegrees,
            scenario.DepartureAzimuthDegrees,
            scenario.ArrivalElevationDegrees,
            scenario.ArrivalAzimuthDegrees,
        ];
        logarithmOfMedian = [.. parameters.Select(parameter => parameter.LogarithmOfMedian())];
        var factor = Cholesky(scenario.Correlations)
            ?? throw new ArgumentException(Complaint(scenario.Correlations), nameof(scenario));
        mixing = new double[Quantities * Quantities];
        for (var from = 0; from < Quantities; from++)
        {
            for (var to = 0; to < Quantities; to++)
                mixing[from * Quantities + to] = factor[to, from] * parameters[to].LogarithmicDeviation();
        }
    }

    /// <summary>Draws clusters.</summary>
    /// <param name="random">The source of randomness.</param>
    /// <param name="shape">Shape of the set of clusters.</param>
    /// <returns>S, τ_c [s], θ_BS, φ_BS, θ_MS, φ_MS [°], each float64 <c>[shape]</c>.</returns>
    public (Tensor Shadowing, Tensor Delay, Tensor DepartureElevation, Tensor DepartureAzimuth, Tensor ArrivalElevation, Tensor ArrivalAzimuth) Draw(
        RandomSource random, params long[] shape)
    {
        using var scope = NewDisposeScope();
        var normal = random.Normal([.. shape, Quantities]);
        var mix = tensor(mixing, [Quantities, Quantities], device: random.Device);
        var median = tensor(logarithmOfMedian, device: random.Device);
        var drawn = (normal.matmul(mix) + median).exp_();                                  // [..., 6]
        Tensor Quantity(int index) => drawn.select(-1, index).contiguous().MoveToOuterDisposeScope();
        return (Quantity(0), Quantity(1), Quantity(2), Quantity(3), Quantity(4), Quantity(5));
    }

    /// <summary>Says what is wrong with correlations.</summary>
    /// <param name="triangle">The upper triangle, row by row.</param>
    /// <returns>A sentence, or null if they will do.</returns>
    public static string? Complaint(IReadOnlyList<IReadOnlyList<double>> triangle) =>
        triangle.Count != Quantities - 1 || triangle.Where((row, i) => row.Count != Quantities - 1 - i).Any()
            ? "correlations are rows of 5, 4, 3, 2 and 1 numbers."
            : Cholesky(triangle) is null ? "correlations do not form a positive definite matrix." : null;

    private static double[,]? Cholesky(IReadOnlyList<IReadOnlyList<double>> triangle)
    {
        var factor = new double[Quantities, Quantities];
        for (var row = 0; row < Quantities; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var rest = row == column ? 1 : triangle[column][row - column - 1];
                for (var k = 0; k < column; k++)
                    rest -= factor[row, k] * factor[column, k];
                if (row == column && !(rest > 0))
                    return null;
                factor[row, column] = row == column ? Math.Sqrt(rest) : rest / factor[column, column];
            }
        }
        return factor;
    }
}
