using System.Globalization;
using Experiments.Configuration;

namespace Tests.Experiments.Configuration;

public sealed class PhysicalDimensionTests
{
    [Theory]
    [InlineData("carrier-frequency", "5.3 GHz", 5.3e9)]
    [InlineData("bandwidth", "20 MHz", 20e6)]
    [InlineData("bandwidth", "15kHz", 15e3)]
    [InlineData("period", "5 ms", 0.005)]
    [InlineData("delay-spread", "300 ns", 300e-9)]
    [InlineData("area-side", "400 m", 400)]
    [InlineData("speed", "36 km/h", 10)]
    [InlineData("azimuth-spread", "180 deg", Math.PI)]
    [InlineData("snr-decibels", "-3.5 dB", -3.5)]
    [InlineData("mu", "1e-3", 1e-3)]
    public void Parse_Quantity_InBaseUnits(string option, string text, double expected)
    {
        Assert.Null(PhysicalDimension.Of(option).Parse(text, out var value));
        // The nearest double but for the last bit.
        Assert.Equal(expected, value, Math.Abs(expected) * 1e-15);
    }

    [Theory]
    [InlineData("period", "5 ms", 0.005)]
    [InlineData("period", "0.1 us", 1e-7)]
    [InlineData("bandwidth", "0.3 MHz", 3e5)]
    public void Parse_PowerOfTen_IsExact(string option, string text, double expected)
    {
        PhysicalDimension.Of(option).Parse(text, out var value);
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("snr-decibels", "10 db")]
    [InlineData("bandwidth", "20 mHz")]
    [InlineData("bandwidth", "NaN Hz")]
    [InlineData("bandwidth", "1e999 Hz")]
    [InlineData("bandwidth", "1,5 MHz")]
    [InlineData("mu", "10 dB")]
    public void Parse_NoQuantity_Complains(string option, string text) =>
        Assert.NotNull(PhysicalDimension.Of(option).Parse(text, out _));

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    public void Read_AnyCulture_Agrees(string culture)
    {
        var expected = Inputs.Read(Inputs.Valid)[0];
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            var found = Inputs.Read(Inputs.Valid.Replace("10 dB", "10.0 dB", StringComparison.Ordinal))[0];
            Assert.Equal(expected.ResolvedInput, found.ResolvedInput);
            Assert.Equal(expected.Points.Select(point => point.Canonical), found.Points.Select(point => point.Canonical));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
