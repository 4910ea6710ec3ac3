using System.Numerics;
using Feedback.Codebooks;
using Simulator;
using Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Feedback.Codebooks;

public sealed class DftCodebookTests
{
    [Theory]
    [InlineData(32, 1, 1, 4, 1, 7)]
    [InlineData(32, 1, 1, 1, 8, 40)]
    [InlineData(4, 2, 2, 4, 1, 4 + 3 + 2)]
    [InlineData(3, 2, 2, 4, 4, 4 * (4 + 3 + 2))]
    [InlineData(1, 1, 1, 4, 1, 0)]
    public void MessageBits_AnyArray_AreThoseOfBeamAndCoPhase(int first, int second, int polarisations, int oversampling, int subbands, int bits)
    {
        var dimensions = new CsiDimensions(16, 1, new AntennaArray(first, second, polarisations));

        var scheme = new DftCodebook(dimensions, new() { Oversampling = oversampling, Subbands = subbands });

        Assert.Equal(bits, scheme.MessageBits);
    }

    [Theory]
    [InlineData(32, 1, 1, 1)]
    [InlineData(3, 2, 2, 1)]
    [InlineData(4, 2, 2, 2)]
    [InlineData(1, 4, 1, 2)]
    public void Decode_AnyChannel_IsTheBestOfAllPrecodersTriedOneByOne(int first, int second, int polarisations, int subbands)
    {
        using var scope = NewDisposeScope();
        const int oversampling = 3;
        const int reports = 6;
        var array = new AntennaArray(first, second, polarisations);
        var dimensions = new CsiDimensions(8, 2, array);
        var scheme = new DftCodebook(dimensions, new() { Oversampling = oversampling, Subbands = subbands });
        var measurement = TestMeasurements.Draw(dimensions, reports);

        var rows = scheme.Decode(scheme.Encode(measurement)).Rows;

        var perBand = 8 / subbands;
        for (var n = 0; n < reports; n++)
        {
            for (var subband = 0; subband < subbands; subband++)
            {
                var channel = measurement.Channel[n, 0].narrow(0, subband * perBand, perBand).flatten(0, 1);   // [S·R, A]
                var best = AllPrecoders(array, oversampling).Max(precoder => Power(channel, precoder));
                var row = rows[n, subband * perBand, 0];
                // Powers of at most 1e4 terms in float32.
                Assert.Equal(1, Power(channel, row.conj()) / best, 1e-5);
                Assert.Equal(0, (rows[n].narrow(0, subband * perBand, perBand) - row).abs().max().ToSingle());
            }
        }
    }

    [Fact]
    public void Decode_PlaneWave_PointsAtIt()
    {
        using var scope = NewDisposeScope();
        var dimensions = new CsiDimensions(4, 1, new AntennaArray(32));
        var phases = arange(32, dtype: ScalarType.Float32) * (float)(2 * Math.PI * 37 / 128);
        // H w is largest where w = exp(+jφn), so the channel's own phase runs the other way.
        var channel = complex(phases.cos(), -phases.sin()).reshape(1, 1, 1, 32).expand(1, 4, 1, 32);
        var scheme = new DftCodebook(dimensions, new() { Oversampling = 4 });

        var message = Assert.Single(scheme.Encode(TestMeasurements.Of(channel)));

        Assert.Equal(new BitString([37 << 1], 7), message);
        Assert.InRange((scheme.Decode([message]).Rows - channel).abs().max().ToSingle(), 0, 1e-5);
    }

    [Fact]
    public void Decode_IndexOfNoBeam_IsRefused()
    {
        var scheme = new DftCodebook(new CsiDimensions(4, 1, new AntennaArray(3)), new() { Oversampling = 4 });

        var exception = Assert.Throws<InvalidMessageException>(() => scheme.Decode([new BitString([0xC0], 4)]));

        Assert.Equal("The field 'beam along the first axis' is 12; permitted is 0 … 11.", exception.Message);
    }

    [Fact]
    public void Constructor_OutOfRange_NamesThePermitted()
    {
        string Message(DftCodebookOptions options) =>
            Assert.Throws<ArgumentException>(() => new DftCodebook(FeedbackCases.Linear, options)).Message;

        Assert.Contains("oversampling is 0; permitted is 1 … 64", Message(new() { Oversampling = 0 }), StringComparison.Ordinal);
        Assert.Contains("subbands is 5; permitted is a divisor of the 64 subcarriers", Message(new() { Subbands = 5 }), StringComparison.Ordinal);
    }

    private static IEnumerable<Tensor> AllPrecoders(AntennaArray array, int oversampling)
    {
        var beamsFirst = array.First == 1 ? 1 : array.First * oversampling;
        var beamsSecond = array.Second == 1 ? 1 : array.Second * oversampling;
        for (var first = 0; first < beamsFirst; first++)
        {
            for (var second = 0; second < beamsSecond; second++)
            {
                for (var coPhase = 0; coPhase < (array.Polarisations == 2 ? 4 : 1); coPhase++)
                {
                    var entries = new Complex[array.Ports];
                    for (var port = 0; port < array.Ports; port++)
                    {
                        var polarisation = port / (array.First * array.Second);
                        var (n1, n2) = (port / array.Second % array.First, port % array.Second);
                        entries[port] = Complex.FromPolarCoordinates(
                            1, 2 * Math.PI * ((double)first * n1 / beamsFirst + (double)second * n2 / beamsSecond + polarisation * coPhase / 4.0));
                    }
                    yield return tensor(entries).to(ScalarType.ComplexFloat32);
                }
            }
        }
    }

    private static double Power(Tensor channel, Tensor precoder) =>
        channel.matmul(precoder.unsqueeze(-1)).abs().square().sum().ToDouble();
}
