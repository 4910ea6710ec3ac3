using Feedback.Quantization;

namespace Tests.Feedback.Quantization;

public sealed class ScalarQuantizerTests
{
    public static TheoryData<int, double> Settings => new()
    {
        { 1, 0 }, { 2, 0 }, { 4, 0 }, { 8, 0 }, { 16, 0 }, { 1, 10 }, { 3, 10 }, { 4, 255 }, { 10, 255 }, { 16, 1e6 },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void Index_OfEveryLevel_IsItself(int bits, double mu)
    {
        var quantizer = Create(bits, mu);
        var levels = Enumerable.Range(0, 1 << bits).Select(quantizer.Level).ToArray();

        Assert.Equal(Enumerable.Range(0, 1 << bits), levels.Select(quantizer.Index));
        Assert.Equal(levels.Order(), levels);
        Assert.All(levels, level => Assert.InRange(level, -1, 1));
        Assert.Equal(levels.Reverse().Select(level => -level), levels);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Index_OutOfRange_Saturates(int bits, double mu)
    {
        var quantizer = Create(bits, mu);

        Assert.Equal(0, quantizer.Index(-1));
        Assert.Equal(0, quantizer.Index(-7));
        Assert.Equal((1 << bits) - 1, quantizer.Index(1));
        Assert.Equal((1 << bits) - 1, quantizer.Index(7));
    }

    [Fact]
    public void Level_Uniform_IsWithinHalfAStep()
    {
        var quantizer = new UniformQuantizer(5);
        for (var value = -1.0; value <= 1; value += 1 / 997.0)
            Assert.InRange(quantizer.Level(quantizer.Index(value)) - value, -1 / 32.0 - 1e-12, 1 / 32.0 + 1e-12);
    }

    [Fact]
    public void Level_MuLaw_IsWithinHalfAStepOfTheCompandedValue()
    {
        const double mu = 255;
        var quantizer = new MuLawQuantizer(5, mu);
        double Compressed(double x) => Math.Sign(x) * Math.Log(1 + mu * Math.Abs(x)) / Math.Log(1 + mu);
        for (var value = -1.0; value <= 1; value += 1 / 997.0)
            Assert.InRange(Compressed(quantizer.Level(quantizer.Index(value))) - Compressed(value), -1 / 32.0 - 1e-12, 1 / 32.0 + 1e-12);
    }

    [Fact]
    public void Constructor_OutOfRange_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new UniformQuantizer(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new UniformQuantizer(17));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MuLawQuantizer(4, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MuLawQuantizer(4, double.NaN));
    }

    private static IScalarQuantizer Create(int bits, double mu) =>
        mu > 0 ? new MuLawQuantizer(bits, mu) : new UniformQuantizer(bits);
}
