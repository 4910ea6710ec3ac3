using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Simulator;
using Simulator.Metrics;
using Simulator.Precoding;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Simulator.Metrics;

/// <summary>Errors and similarities against slow references.</summary>
[DisposesItsTensors]
public sealed class SimilarityTests
{
    private const int Subcarriers = 12;

    [Fact]
    public void Evaluate_WhiteError_NormalizedErrorIsItsShare()
    {
        using var scope = NewDisposeScope();
        var drop = Links.Drop(1, batch: 2, users: 2, subcarriers: Subcarriers, receiveAntennas: 2, antennas: 4);
        var error = Gaussian.Draw(2, drop.Channel.shape) * 0.1;
        var outcome = Outcome(drop, Links.Believe(drop, error));
        var values = new NormalizedMeanSquareError().Evaluate(outcome);
        var expected = error.abs().square().sum([1, 3, 4, 5]) / drop.Channel.abs().square().sum([1, 3, 4, 5]);
        Assert.True(allclose(values, expected.to(ScalarType.Float64), rtol: 1e-4));
    }

    [Fact]
    public void Evaluate_ErrorOutsideOfTheCrop_OnlyTheFullErrorSeesIt()
    {
        using var scope = NewDisposeScope();
        var drop = Links.Drop(1, batch: 2, users: 1, subcarriers: Subcarriers, receiveAntennas: 1, antennas: 4);
        var transform = new AngularDelayTransform(new AntennaArray(4), Subcarriers, Subcarriers / 2);
        var belief = transform.Restore(transform.Crop(drop.Channel));
        var outcome = Outcome(drop, FeedbackExchange.Perfect(belief.flatten(0, 2)));
        Assert.All(Dense.Values(new CroppedNormalizedMeanSquareError().Evaluate(outcome)), value => Assert.Equal(0, value, 1e-10));
        Assert.All(Dense.Values(new NormalizedMeanSquareError().Evaluate(outcome)), value => Assert.InRange(value, 0.2, 0.8));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Evaluate_Rho_CosineOfTheDominantDirections(int receiveAntennas)
    {
        using var scope = NewDisposeScope();
        var drop = Links.Drop(3, batch: 1, users: 2, subcarriers: Subcarriers, receiveAntennas, antennas: 4);
        var outcome = Outcome(drop, Links.Believe(drop, Gaussian.Draw(4, drop.Channel.shape) * 0.5));
        var values = new CosineSimilarity().Evaluate(outcome);
        for (var user = 0; user < 2; user++)
        {
            var expected = Enumerable.Range(0, Subcarriers).Average(k => Math.Sqrt(SquaredCosine(
                Dense.Matrix(outcome.Channel[0, 0, user, k]), Dense.Matrix(outcome.Reported[0, 0, user, k]))));
            Assert.Equal(expected, values[0, user].item<double>(), 1e-5);
        }
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 4)]
    [InlineData(2, 1)]
    public void Evaluate_Subbands_SquaredCosineOfPrincipalEigenvectors(int receiveAntennas, int subbands)
    {
        using var scope = NewDisposeScope();
        var drop = Links.Drop(5, batch: 2, users: 2, subcarriers: Subcarriers, receiveAntennas, antennas: 4);
        var outcome = Outcome(drop, Links.Believe(drop, Gaussian.Draw(6, drop.Channel.shape) * 0.5));
        var values = new SquaredGeneralizedCosineSimilarity(subbands).Evaluate(outcome);
        for (var index = 0; index < 4; index++)
        {
            var (b, user) = (index / 2, index % 2);
            var truth = outcome.Channel[b, 0, user].reshape(subbands, -1, 4);
            var belief = outcome.Reported[b, 0, user].reshape(subbands, -1, 4);
            var expected = Enumerable.Range(0, subbands).Average(band => SquaredCosine(Dense.Matrix(truth[band]), Dense.Matrix(belief[band])));
            // Twelve squarings in float32; the two largest eigenvalues of these subbands differ by more than a hundredth.
            Assert.Equal(expected, values[b, user].item<double>(), 1e-3);
        }
    }

    [Fact]
    public void Evaluate_PrecoderReport_FirstColumnCounts()
    {
        using var scope = NewDisposeScope();
        var drop = Links.Drop(7, batch: 1, users: 1, subcarriers: Subcarriers, receiveAntennas: 1, antennas: 4);
        var reported = cat([drop.Channel * 0.5, Gaussian.Draw(8, drop.Channel.shape)], -2);
        var outcome = Outcome(drop, Links.Recommend(reported, rank: 2));
        Assert.Equal(1, new CosineSimilarity().Evaluate(outcome).item<double>(), 1e-5);
        Assert.Equal(1, new SquaredGeneralizedCosineSimilarity(Subcarriers).Evaluate(outcome).item<double>(), 1e-5);
    }

    [Fact]
    public void Evaluate_SubbandsThatDoNotDivide_Refused()
    {
        using var scope = NewDisposeScope();
        var drop = Links.Drop(7, batch: 1, users: 1, subcarriers: Subcarriers, receiveAntennas: 1, antennas: 4);
        var outcome = Outcome(drop, Links.Believe(drop));
        var error = Assert.Throws<InvalidOperationException>(() => new SquaredGeneralizedCosineSimilarity(5).Evaluate(outcome));
        Assert.Contains("5 subbands do not divide 12 subcarriers", error.Message, StringComparison.Ordinal);
    }

    private static LinkOutcome Outcome(ChannelDrop drop, FeedbackExchange exchange) =>
        Links.For(drop, streams: 1).Transmit(drop, exchange, new MaximumRatio(), 0.1);

    private static double SquaredCosine(Matrix<Complex> left, Matrix<Complex> right) =>
        Math.Pow((left.Svd().VT.Row(0).Conjugate() * right.Svd().VT.Row(0)).Magnitude, 2);
}
