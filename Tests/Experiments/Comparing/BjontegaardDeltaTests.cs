using Experiments.Comparing;

namespace Tests.Experiments.Comparing;

public sealed class BjontegaardDeltaTests
{
    private static readonly double[] Bits = [20, 50, 90, 200, 700];

    [Theory]
    [InlineData(1.25, 25)]
    [InlineData(0.5, -50)]
    [InlineData(1, 0)]
    public void Between_LogLinearCurvesShiftedInBits_GivesThePercentage(double factor, double percent)
    {
        // Quality 3·ln(bits): taking a factor more bits for it is worth -3·ln(factor) at equal bits. Piecewise cubics keep straight lines.
        var reference = Curve(Bits.Select(bits => (bits, 3 * Math.Log(bits))));
        var curve = Curve(Bits.Select(bits => (bits * factor, 3 * Math.Log(bits))));

        var delta = BjontegaardDelta.Between(reference, curve);

        Assert.Equal(percent, delta.RatePercent!.Value.Value, 9);
        Assert.Equal(3 * Math.Log(20), delta.RatePercent.Value.Low, 12);
        Assert.Equal(3 * Math.Log(700), delta.RatePercent.Value.High, 12);
        Assert.Equal(-3 * Math.Log(factor), delta.Quality!.Value.Value, 9);
        Assert.Equal(20 * Math.Max(1, factor), delta.Quality.Value.Low, 9);
        Assert.Equal(700 * Math.Min(1, factor), delta.Quality.Value.High, 9);
    }

    [Fact]
    public void Between_ErrorsInDecibels_LessIsBetter()
    {
        // 6 dB an octave against the same 2 dB lower: 2^(1/3) times fewer bits.
        var reference = Curve(Bits.Select(bits => (bits, -6 * Math.Log2(bits))), lessIsBetter: true);
        var curve = Curve(Bits.Select(bits => (bits, -6 * Math.Log2(bits) - 2)), lessIsBetter: true);

        var delta = BjontegaardDelta.Between(reference, curve);

        Assert.Equal(100 * (Math.Pow(2, -1.0 / 3) - 1), delta.RatePercent!.Value.Value, 9);
        Assert.Equal(-6 * Math.Log2(700), delta.RatePercent.Value.Low, 9);
        Assert.Equal(-6 * Math.Log2(20) - 2, delta.RatePercent.Value.High, 9);
        Assert.Equal(-2, delta.Quality!.Value.Value, 9);
    }

    [Fact]
    public void Between_TwoCurves_RatesAreInverse()
    {
        var first = Curve([(16, 1), (40, 2.5), (100, 3), (250, 3.2), (900, 3.9)]);
        var second = Curve([(11, 0.5), (50, 2.75), (70, 3.3), (300, 3.5)]);

        var forth = 1 + BjontegaardDelta.Between(first, second).RatePercent!.Value.Value / 100;
        var back = 1 + BjontegaardDelta.Between(second, first).RatePercent!.Value.Value / 100;

        Assert.Equal(1, forth * back, 12);
    }

    [Fact]
    public void Between_BentCurves_GivesTheIntegralOfTheMonotoneCubics()
    {
        double[] x = [0, 1, 3, 4, 7];
        double[] y = [0, 2, 2.5, 5, 5.25];
        double[] z = [1, 1.5, 4, 4.25, 6];

        var found = MeanDifference.Between(x, y, [0.5, 2, 3, 5, 6], z)!.Value;

        // Simpson's rule over pieces without a knot inside is exact for cubics.
        double[] knots = [0.5, 1, 2, 3, 4, 5, 6];
        var area = knots.Zip(knots.Skip(1), (low, high) => (high - low) / 6
            * (Difference(low) + 4 * Difference((low + high) / 2) + Difference(high))).Sum();
        Assert.Equal(area / 5.5, found.Value, 12);
        Assert.Equal((0.5, 6.0), (found.Low, found.High));

        double Difference(double at) => Hermite([0.5, 2, 3, 5, 6], z, at) - Hermite(x, y, at);
    }

    [Fact]
    public void Between_NoCommonRange_IsNull()
    {
        var low = Curve([(1, 1), (2, 2), (3, 3)]);
        var better = Curve([(1, 4), (2, 5), (3, 6)]);
        var longer = Curve([(10, 1), (20, 2), (30, 3)]);

        Assert.Null(BjontegaardDelta.Between(low, better).RatePercent);
        Assert.Equal(3, BjontegaardDelta.Between(low, better).Quality!.Value.Value, 12);
        Assert.Null(BjontegaardDelta.Between(low, longer).Quality);
        Assert.NotNull(BjontegaardDelta.Between(low, longer).RatePercent);
    }

    [Fact]
    public void Between_TwoPoints_IsNull()
    {
        var two = BjontegaardDelta.Between(Curve([(1, 1), (2, 2)]), Curve([(1, 1), (2, 2), (3, 3)]));

        Assert.Null(two.RatePercent);
        Assert.Null(two.Quality);
    }

    [Fact]
    public void Constructor_PointsThatOthersBeat_AreLeftOut()
    {
        (double, double)[] clean = [(10, -1), (20, -3), (40, -5)];
        (double, double)[] beaten = [(15, -0.5), (20, -2), (40, -5), (50, -5)];

        var curve = Curve([.. beaten, .. clean], lessIsBetter: true);

        Assert.Equal((3, 4), (curve.Count, curve.Beaten));
        Assert.Equal(0, BjontegaardDelta.Between(Curve(clean, lessIsBetter: true), curve).RatePercent!.Value.Value, 12);
    }

    [Fact]
    public void Constructor_PointsWithoutBitsOrNumber_DoNotCount() =>
        Assert.Equal((1, 0), (Curve([(0, 1), (5, double.NaN), (6, double.NegativeInfinity), (7, 1)]).Count, Curve([(0, 1), (7, 1)]).Beaten));

    private static RateCurve Curve(IEnumerable<(double Bits, double Quality)> points, bool lessIsBetter = false) => new(points, lessIsBetter);

    // Fritsch and Carlson's slopes as Matlab's pchip takes them: weighted harmonic means inside, three-point ends kept in shape.
    private static double Hermite(double[] x, double[] y, double at)
    {
        var n = x.Length;
        double H(int i) => x[i + 1] - x[i];
        double D(int i) => (y[i + 1] - y[i]) / H(i);
        double End(double h0, double h1, double d0, double d1)
        {
            var slope = ((2 * h0 + h1) * d0 - h0 * d1) / (h0 + h1);
            return slope * d0 <= 0 ? 0 : d0 * d1 <= 0 && Math.Abs(slope) > 3 * Math.Abs(d0) ? 3 * d0 : slope;
        }
        double Slope(int i)
        {
            if (i == 0)
                return End(H(0), H(1), D(0), D(1));
            if (i == n - 1)
                return End(H(n - 2), H(n - 3), D(n - 2), D(n - 3));
            var (w1, w2) = (2 * H(i) + H(i - 1), H(i) + 2 * H(i - 1));
            return D(i - 1) * D(i) <= 0 ? 0 : (w1 + w2) / (w1 / D(i - 1) + w2 / D(i));
        }
        var piece = Math.Clamp(Array.FindLastIndex(x, knot => knot <= at), 0, n - 2);
        var (h, t) = (H(piece), (at - x[piece]) / H(piece));
        return (1 + 2 * t) * (1 - t) * (1 - t) * y[piece] + t * (1 - t) * (1 - t) * h * Slope(piece)
            + t * t * (3 - 2 * t) * y[piece + 1] + t * t * (t - 1) * h * Slope(piece + 1);
    }
}
