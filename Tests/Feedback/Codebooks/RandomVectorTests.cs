using Feedback.Codebooks;
using Feedback.Coding;
using MathNet.Numerics;
using MathNet.Numerics.Statistics;
using Simulator;
using Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Feedback.Codebooks;

public sealed class RandomVectorTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(4, 3)]
    [InlineData(4, 6)]
    [InlineData(8, 5)]
    public void Decode_IsotropicChannels_CollectsTheMeanOfTheClosedForm(int antennas, int bits)
    {
        using var scope = NewDisposeScope();
        const int codebooks = 200;
        const int reports = 50;
        var dimensions = new CsiDimensions(1, 1, new AntennaArray(antennas));
        var means = new double[codebooks];
        for (var seed = 0; seed < codebooks; seed++)
        {
            using var inner = NewDisposeScope();
            var scheme = new RandomVector(dimensions, new() { Bits = bits, Seed = seed });
            var measurement = TestMeasurements.Of(Gaussian.Draw(1000 + seed, reports, 1, 1, antennas));
            var rows = scheme.Decode(scheme.Encode(measurement)).Rows;                          // [N, 1, 1, A], of norm √A
            var channel = measurement.Channel.select(1, 0);                      // [N, 1, 1, A]
            var collected = (channel * rows.conj()).sum(-1).abs().square() / (channel.abs().square().sum(-1) * antennas);
            means[seed] = collected.to(ScalarType.Float64).mean().ToDouble();
        }

        // E|hᴴw|²/‖h‖² = 1 - 2^B Β(2^B, A/(A-1)) over channels and codebooks [AuYeung2007]. Means of different codebooks are independent, so that their
        // own spread gives the standard error of the mean of all; five of them, and small enough that half a bit more or less would be seen.
        double Expected(double size) => 1 - size * SpecialFunctions.Beta(size, antennas / (antennas - 1.0));
        var tolerance = 5 * means.StandardDeviation() / Math.Sqrt(codebooks);
        Assert.Equal(Expected(1 << bits), means.Mean(), tolerance);
        Assert.InRange(tolerance, 0, Expected(Math.Pow(2, bits + 0.5)) - Expected(1 << bits));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Encode_AnyChannel_IsTheBestOfAllVectorsTriedOneByOne(int subbands)
    {
        using var scope = NewDisposeScope();
        const int bits = 9;
        const int reports = 4;
        var dimensions = new CsiDimensions(6, 2, new AntennaArray(3, 1, 2));
        var options = new RandomVectorOptions { Bits = bits, Subbands = subbands };
        var scheme = new RandomVector(dimensions, options);
        var measurement = TestMeasurements.Draw(dimensions, reports);
        var vectors = AllVectors(dimensions, options);

        var messages = scheme.Encode(measurement);

        var perBand = dimensions.Subcarriers / subbands;
        for (var n = 0; n < reports; n++)
        {
            var reader = new BitReader(messages[n]);
            Assert.Equal(bits * subbands, messages[n].Length);
            for (var subband = 0; subband < subbands; subband++)
            {
                var channel = measurement.Channel[n, 0].narrow(0, subband * perBand, perBand).flatten(0, 1);   // [S·R, A]
                var powers = vectors.Select(vector => channel.matmul(vector.unsqueeze(-1)).abs().square().sum().ToDouble()).ToList();
                // Powers of a few dozen terms in float32.
                Assert.Equal(1, powers[(int)reader.Read(bits)] / powers.Max(), 1e-5);
            }
        }
    }

    [Fact]
    public void Constructor_OutOfRange_NamesThePermitted()
    {
        string Message(RandomVectorOptions options) => Assert.Throws<ArgumentException>(() => new RandomVector(FeedbackCases.Linear, options)).Message;

        Assert.Equal("bits is 17; permitted is 1 … 16. (Parameter 'bits')", Message(new() { Bits = 17 }));
        Assert.Equal("subbands is 5; permitted is a divisor of the 64 subcarriers. (Parameter 'subbands')", Message(new() { Subbands = 5 }));
        Assert.Equal("container-bits is 15; permitted is 0, or 16 and more. (Parameter 'container-bits')", Message(new() { Subbands = 2, ContainerBits = 15 }));
        Assert.Equal("seed is -1; permitted is 0 and more. (Parameter 'seed')", Message(new() { Seed = -1 }));
    }

    // Read from the base station, a message for each: wᴴ of norm √A.
    private static List<Tensor> AllVectors(CsiDimensions dimensions, RandomVectorOptions options)
    {
        var single = new RandomVector(dimensions, options with { Subbands = 1 });
        return [.. Enumerable.Range(0, 1 << options.Bits).Select(index =>
        {
            var writer = new BitWriter();
            writer.Write((ulong)index, options.Bits);
            return single.Decode([writer.ToBitString()]).Rows[0, 0, 0].conj().resolve_conj() / Math.Sqrt(dimensions.TransmitAntennas);
        })];
    }
}
