using Simulator;
using Simulator.Metrics;
using Simulator.Precoding;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Simulator;

/// <summary>The link as a whole: closed forms, the meaning of reports, and refusals.</summary>
[DisposesItsTensors]
public sealed class LinkSimulationTests
{
    [Fact]
    public void Transmit_RayleighSingleUserMaximumRatio_ClosedForm()
    {
        using var scope = NewDisposeScope();
        // E log2(1 + 10·χ), χ the sum of 32 unit exponentials, is 8.304. One draw deviates by 1.44/√32 = 0.25, so the mean of
        // 20,000 by 0.0018: 0.5 % are 23 deviations.
        var drop = Links.Drop(1, batch: 20, users: 1, subcarriers: 1000, receiveAntennas: 1, antennas: 32);
        Assert.Equal(8.304, SumRate(drop, new MaximumRatio(), 1, 10), 8.304 * 0.005);
    }

    [Fact]
    public void Transmit_RayleighFourUserZeroForcing_ClosedForm()
    {
        using var scope = NewDisposeScope();
        // 4·E log2(1 + 10/4·χ), χ the sum of 29 unit exponentials, is 24.701; 20,000 draws of four users deviate by 0.004.
        var drop = Links.Drop(2, batch: 20, users: 4, subcarriers: 1000, receiveAntennas: 1, antennas: 32);
        Assert.Equal(24.701, SumRate(drop, new ZeroForcing(), 1, 10), 24.701 * 0.005);
    }

    [Fact]
    public void Transmit_PhaseOfTheReport_DoesNotMatter()
    {
        using var scope = NewDisposeScope();
        var drop = Links.Drop(3, batch: 4, users: 2, subcarriers: 8, receiveAntennas: 1, antennas: 4);
        var rotated = new ChannelDrop(drop.Channel * complex(tensor(0.6f), tensor(0.8f)), drop.PowerGain);
        var link = Links.For(drop, 1);
        var metric = new SpectralEfficiency();
        var expected = metric.Evaluate(link.Transmit(drop, Links.Believe(drop), new ZeroForcing(), 0.1));
        var values = metric.Evaluate(link.Transmit(drop, Links.Believe(rotated), new ZeroForcing(), 0.1));
        Assert.True(allclose(expected, values, rtol: 1e-4));
    }

    [Fact]
    public void Transmit_ExplicitReport_RowsAreSingularValuesTimesDirections()
    {
        using var scope = NewDisposeScope();
        var drop = Links.Drop(4, batch: 1, users: 1, subcarriers: 1, receiveAntennas: 3, antennas: 5);
        var outcome = Links.For(drop, 2).Transmit(drop, Links.Believe(drop), new Eigen(), 0.1);
        Assert.Equal([1, 1, 1, 1, 2, 5], outcome.Rows.shape);
        var rows = Dense.Matrix(outcome.Rows.reshape(2, 5));
        var expected = Dense.Matrix(drop.Channel.reshape(3, 5)).Svd();
        for (var stream = 0; stream < 2; stream++)
        {
            Assert.Equal(expected.S[stream].Real, rows.Row(stream).L2Norm(), 1e-5);
            // Equal up to a phase: the inner product with the singular vector is the singular value.
            var direction = expected.VT.Row(stream).Conjugate();
            Assert.Equal(expected.S[stream].Real, rows.Row(stream).DotProduct(direction).Magnitude, 1e-5);
        }
    }

    [Fact]
    public void Transmit_FewerReceiveAntennasThanStreams_OtherStreamsInactive()
    {
        using var scope = NewDisposeScope();
        var drop = Links.Drop(5, batch: 2, users: 2, subcarriers: 3, receiveAntennas: 1, antennas: 6, slots: 2);
        var outcome = Links.For(drop, 3).Transmit(drop, Links.Believe(drop), new ZeroForcing(), 0.1);
        Assert.Equal([2, 2, 3, 2, 3], outcome.Active.shape);
        Assert.Equal(2 * 2 * 3 * 2, outcome.Active.sum().item<long>());
        Assert.True(outcome.Active.select(-1, 0).all().item<bool>());
        Assert.Equal(0, outcome.Rows.narrow(-2, 1, 2).abs().sum().item<float>());
        Assert.True(equal(outcome.Rows.select(-2, 0).transpose(2, 3), drop.Channel.select(-2, 0)).all().item<bool>());
    }

    [Fact]
    public void Transmit_PrecoderReport_ReportedColumnsAreUsed()
    {
        using var scope = NewDisposeScope();
        var drop = Links.Drop(6, batch: 2, users: 1, subcarriers: 4, receiveAntennas: 2, antennas: 8);
        var reported = Gaussian.Draw(7, 2, 1, 1, 4, 2, 8);
        var outcome = Links.For(drop, 2).Transmit(drop, Links.Recommend(reported, rank: 1), new MaximumRatio(), 0.1);
        var row = Dense.Matrix(outcome.Reported.reshape(-1, 8)).Row(0);
        var weights = Dense.Matrix(outcome.Weights.reshape(-1, 8, 2).select(0, 0));
        Assert.Equal(0, (weights.Column(0) - row.Conjugate() / row.L2Norm()).L2Norm(), 1e-5);
        Assert.Equal(0, weights.Column(1).L2Norm());
        Assert.All(Dense.Values(new NormalizedMeanSquareError().Evaluate(outcome)), value => Assert.True(double.IsNaN(value)));
        Assert.All(Dense.Values(new CroppedNormalizedMeanSquareError().Evaluate(outcome)), value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void Transmit_ReportOfAnotherChannel_Refused()
    {
        using var scope = NewDisposeScope();
        var drop = Links.Drop(8, batch: 2, users: 1, subcarriers: 4, receiveAntennas: 1, antennas: 8);
        var other = Links.Drop(8, batch: 3, users: 1, subcarriers: 4, receiveAntennas: 1, antennas: 8);
        var error = Assert.Throws<ArgumentException>(() =>
            Links.For(drop, 1).Transmit(drop, Links.Believe(other), new MaximumRatio(), 0.1));
        Assert.Contains("[3, 4, 1, 8]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_MoreStreamsThanAntennas_Refused() => Assert.Throws<ArgumentOutOfRangeException>(() =>
        new LinkSimulation(new AngularDelayTransform(new AntennaArray(4), 8, 4), streams: 5));

    private static double SumRate(ChannelDrop drop, IPrecoder precoder, int streams, double snr)
    {
        var outcome = Links.For(drop, streams).Transmit(drop, Links.Believe(drop), precoder, 1 / snr);
        return new SpectralEfficiency().Evaluate(outcome).sum(-1).mean().item<double>();
    }
}
