using Feedback.Mixture;
using Simulator;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Feedback.Mixture;

[DisposesItsTensors]
public sealed class MixtureLearningTests
{
    private const int Delays = 4;

    [Theory]
    [InlineData(MixtureCovariance.Dft)]
    [InlineData(MixtureCovariance.LowRank)]
    public void Fit_OverlappingStates_NeverLowersWhatIsMaximised(MixtureCovariance covariance)
    {
        const int drops = 400;
        var dimensions = new CsiDimensions(8, 2, new AntennaArray(4));
        var learning = new MixtureLearning(Draw(drops, 2, 4, [0.4, 0.3, 0.3], (state, bin) => bin % 3 == state ? 2 : 0.5), dimensions, Delays);
        var seen = new List<MixtureStates>();

        learning.Fit(3, covariance, 4, seen.Add);

        // Diagonal covariances and those of low rank are different models, so either is followed by itself. Variances and factors are kept in float32,
        // which moves each of the sums over 400 drops, two antennas and 20 coefficients by some 2^-23 of itself, 16,000 · 2^-23 = 2e-3 in all.
        var rises = 0.0;
        foreach (var phase in seen.GroupBy(states => states.Bases.Rank).Select(phase => phase.Select(learning.Objective).ToList()))
        {
            foreach (var (before, after) in phase.Zip(phase.Skip(1)))
            {
                Assert.True(after >= before - 2e-3, $"{after} after {before}");
                rises = Math.Max(rises, after - before);
            }
        }
        Assert.InRange(rises, 1, double.PositiveInfinity);
        Assert.Equal(covariance == MixtureCovariance.LowRank ? 4 : 0, seen[^1].Bases.Rank);
    }

    [Fact]
    public void Objective_AnyMixture_IsThatOfSlowSums()
    {
        const int drops = 20;
        var dimensions = new CsiDimensions(8, 1, new AntennaArray(4));
        var crops = Draw(drops, 1, 4, [0.5, 0.5], (state, bin) => bin % 2 == state ? 2 : 0.5);
        List<float[]> learned = [.. crops.Where((_, n) => n % 10 != 9)];
        var states = new MixtureStates([0.3, 0.7], [.. Enumerable.Range(0, 32).Select(i => 0.1f + i)], MixtureBases.Unit);

        // 3 % of the mean power stand beside every coefficient; four drops like the mean of all, and one, belong to each state before any does.
        var error = 0.03 * learned.Average(crop => crop.Sum(value => (double)value * value) / 16);
        double Density(float[] crop, int state) => Enumerable.Range(0, 16).Sum(bin =>
        {
            var variance = states.Variances[16 * state + bin] + error;
            return -Math.Log(variance) - (crop[2 * bin] * (double)crop[2 * bin] + crop[2 * bin + 1] * (double)crop[2 * bin + 1] + error) / variance;
        });
        var expected = learned.Sum(crop => Math.Log(0.3 * Math.Exp(Density(crop, 0)) + 0.7 * Math.Exp(Density(crop, 1))))
            + Math.Log(0.3 * 0.7) + 4 * learned.Average(crop => Density(crop, 0) + Density(crop, 1));

        // The same float64 sums in another order.
        Assert.Equal(expected, new MixtureLearning(crops, dimensions, Delays).Objective(states), 1e-9 * Math.Abs(expected));
    }

    [Fact]
    public void Fit_KnownMixture_RecoversStatesAndWaterLevel()
    {
        const int drops = 4000;
        const int learned = drops * 9 / 10;
        var dimensions = new CsiDimensions(8, 1, new AntennaArray(4));
        double[] weights = [0.3, 0.3, 0.4];
        // A hundredfold difference in ten of sixteen bins: no drop is between two states, so that each state's drops are known.
        static double Variance(int state, int bin) => (bin + 5 * state) % 16 < 5 ? 10 : 0.1;
        var learning = new MixtureLearning(Draw(drops, 1, 4, weights, Variance), dimensions, Delays);

        var found = learning.Fit(3, MixtureCovariance.Dft, 0);

        for (var state = 0; state < 3; state++)
        {
            // Drops come state after state, so that evenly spaced ones start the states in order. Deterministic counts, one drop of prior each.
            var mass = weights[state] * learned;
            Assert.Equal((mass + 1) / (learned + 3), found.Weights[state], 1e-3);
            for (var bin = 0; bin < 16; bin++)
            {
                // Four drops like the mean of all pull variances; |x|² of a complex Gaussian spreads by its own mean, so that the mean of so many drops has a
                // standard error of v/√mass, and the mean of all, weighing 4/mass, next to none. Five standard errors.
                var all = Enumerable.Range(0, 3).Sum(other => weights[other] * Variance(other, bin));
                var expected = (mass * Variance(state, bin) + 4 * all) / (mass + 4);
                Assert.Equal(expected, found.Variances[16 * state + bin], 5 * expected / Math.Sqrt(mass));
            }
        }

        // The mean power of a drop is 3.19 in each state, with a variance of Σ v²/16² = 1.95 but for the prior's pull, which moves nothing.
        var power = (5 * 10 + 11 * 0.1) / 16;
        var spread = Math.Sqrt((5 * 100 + 11 * 0.01) / 256);
        Assert.Equal(0.03 * power, found.WaterLevel, 0.03 * 5 * spread / Math.Sqrt(learned));
    }

    [Fact]
    public void Validate_OtherDropsOfTheMixture_PrefersItsNumberOfStates()
    {
        var dimensions = new CsiDimensions(8, 1, new AntennaArray(4));
        var learning = new MixtureLearning(Draw(600, 1, 4, [0.5, 0.5], (state, bin) => (bin < 8) == (state == 0) ? 4 : 0.1), dimensions, Delays);

        // A single state wastes ln of the ratio of its variances, some 2 nat in half of sixteen bins, less than one of which the state's label takes.
        Assert.True(learning.Validate(learning.Fit(2, MixtureCovariance.Dft, 0)) > learning.Validate(learning.Fit(1, MixtureCovariance.Dft, 0)) + 5);
    }

    // Drops come state after state in the numbers that their weights say.
    private static List<float[]> Draw(int count, int receive, int ports, double[] weights, Func<int, int, double> variance)
    {
        using var scope = NewDisposeScope();
        var length = Delays * receive * ports;
        var values = view_as_real(Gaussian.Draw(5, count, length)).flatten().data<float>().ToArray();
        var crops = values.Chunk(2 * length).ToList();
        for (var n = 0; n < count; n++)
        {
            var state = Enumerable.Range(1, weights.Length - 1).Count(earlier => n >= weights.Take(earlier).Sum() * count - 0.5);
            for (var i = 0; i < 2 * length; i++)
                crops[n][i] *= (float)Math.Sqrt(variance(state, i / 2 / (receive * ports) * ports + i / 2 % ports));
        }
        return crops;
    }
}
