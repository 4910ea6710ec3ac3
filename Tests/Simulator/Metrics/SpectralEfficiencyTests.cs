using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Simulator.Metrics;
using Simulator.Precoding;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Simulator.Metrics;

/// <summary>Spectral efficiency against its definition, one subcarrier at a time.</summary>
[DisposesItsTensors]
public sealed class SpectralEfficiencyTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(4, 1, 1)]
    [InlineData(3, 2, 1)]
    [InlineData(2, 3, 2)]
    public void Evaluate_ImperfectKnowledge_SameAsTheDefinition(int users, int receiveAntennas, int streams)
    {
        using var scope = NewDisposeScope();
        const double noiseVariance = 0.2;
        var drop = Links.Drop(1, batch: 2, users, subcarriers: 3, receiveAntennas, antennas: 8, slots: 2);
        var exchange = Links.Believe(drop, Gaussian.Draw(2, drop.Channel.shape) * 0.3);
        var outcome = Links.For(drop, streams).Transmit(drop, exchange, new RegularizedZeroForcing(), noiseVariance);
        var values = new SpectralEfficiency().Evaluate(outcome);
        for (var b = 0; b < 2; b++)
        {
            for (var u = 0; u < users; u++)
            {
                var sum = 0.0;
                for (var instant = 0; instant < 6; instant++)
                {
                    var (t, s) = (instant / 3, instant % 3);
                    var channel = Dense.Matrix(outcome.Channel[b, t, u, s]);
                    var weights = Dense.Matrix(outcome.Weights[b, t, s]);
                    sum += Rate(channel, weights, u, streams, noiseVariance);
                }
                // The gains are float32 sums of 8 products.
                Assert.Equal(sum / 6, values[b, u].item<double>(), 1e-5);
            }
        }
    }

    [Fact]
    public void Of_NoBits_NothingTaken() => Assert.Equal(7.5, NetSpectralEfficiency.Of(7.5, 4, 0, 1, 20e6, 5e-3));

    // 4 · 500 bits of the 1 · 20 MHz · 5 ms = 100,000 that the uplink carries.
    [Fact]
    public void Of_SomeBits_TheirShareTaken() => Assert.Equal(7.5 * 0.98, NetSpectralEfficiency.Of(7.5, 4, 500, 1, 20e6, 5e-3), 1e-12);

    private static double Rate(Matrix<Complex> channel, Matrix<Complex> weights, int user, int streams, double noiseVariance)
    {
        var gains = channel * weights;
        var noise = Matrix<Complex>.Build.DenseIdentity(channel.RowCount) * noiseVariance;
        var interference = noise.Clone();
        for (var column = 0; column < gains.ColumnCount; column++)
        {
            if (column / streams != user)
            {
                interference += gains.SubMatrix(0, gains.RowCount, column, 1) * gains.SubMatrix(0, gains.RowCount, column, 1).ConjugateTranspose();
            }
        }
        var own = gains.SubMatrix(0, gains.RowCount, user * streams, streams);
        var identity = Matrix<Complex>.Build.DenseIdentity(channel.RowCount);
        return Math.Log2((identity + interference.Inverse() * own * own.ConjugateTranspose()).Determinant().Real);
    }
}
