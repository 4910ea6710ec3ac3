using Simulator;

namespace Tests.Simulator;

public sealed class GaussianRateDistortionTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(3)]
    [InlineData(20)]
    public void Distortion_WhiteSource_FallsByFourABitAndComponent(double bits)
    {
        var real = new GaussianRateDistortion([2, 2, 2], areComplex: false);
        var complex = new GaussianRateDistortion([2, 2, 2], areComplex: true);

        Assert.Equal(6 * Math.Pow(2, -2 * bits), real.Distortion(3 * bits), 12);
        Assert.Equal(6 * Math.Pow(2, -bits), complex.Distortion(3 * bits), 12);
    }

    [Theory]
    // Variances 4 and 1: up to 1 bit only the first is coded, 4·2^(-2R) + 1; then both, 2·θ with θ² = 4·2^(-2R).
    [InlineData(0, 5)]
    [InlineData(0.5, 3)]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    [InlineData(3, 0.5)]
    public void Distortion_TwoComponents_IsThatOfTheHand(double bits, double distortion)
    {
        var source = new GaussianRateDistortion([1, 4], areComplex: false);

        Assert.Equal(distortion, source.Distortion(bits), 12);
        var (back, same) = source.AtLevel(source.Level(bits));
        Assert.Equal(bits, back, 12);
        Assert.Equal(distortion, same, 12);
    }

    [Fact]
    public void Distortion_ComponentsWithoutPower_CostNothing()
    {
        var source = new GaussianRateDistortion([0, 1, -1e-17, 1e-15], areComplex: true);

        Assert.Equal(1, source.TotalVariance, 12);
        Assert.Equal(0.25, source.Distortion(2), 12);
        Assert.Equal(0, new GaussianRateDistortion([0, 0], areComplex: true).Distortion(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Distortion(-1));
    }
}
