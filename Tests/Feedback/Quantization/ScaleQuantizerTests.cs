using Feedback.Quantization;
using Simulator;

namespace Tests.Feedback.Quantization;

public sealed class ScaleQuantizerTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(16)]
    public void Level_OfAnyValue_IsTheNextOneAbove(int bits)
    {
        var quantizer = new ScaleQuantizer(bits);
        var coarseness = 1 + Math.Pow(2, 8 - bits);
        for (var exponent = -120; exponent < 96; exponent++)
        {
            var value = (float)Math.ScaleB(1.2345, exponent);
            if (value >= 7e28f)
                break;
            var level = quantizer.Level(quantizer.Index(value));
            Assert.InRange(level / value, 1, coarseness);
        }
    }

    [Fact]
    public void Index_ZeroAndSubnormalAndHuge_StayInRange()
    {
        var quantizer = new ScaleQuantizer(10);

        Assert.Equal(0, quantizer.Index(0));
        Assert.Equal(0, quantizer.Level(0));
        Assert.InRange(quantizer.Level(quantizer.Index(float.Epsilon)), float.Epsilon, 1e-37f);
        Assert.Equal(Math.Pow(2, 96), quantizer.Level(quantizer.Index(float.MaxValue)));
    }

    [Fact]
    public void Level_AboveTheLargest_IsRefused()
    {
        var quantizer = new ScaleQuantizer(10);

        Assert.Throws<InvalidMessageException>(() => quantizer.Level(quantizer.Index(float.MaxValue) + 1));
        Assert.Throws<InvalidMessageException>(() => quantizer.Level(1023));
        Assert.Throws<ArgumentOutOfRangeException>(() => quantizer.Index(float.NaN));
    }
}
