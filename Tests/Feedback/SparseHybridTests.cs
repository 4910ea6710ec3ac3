using Feedback.Fitting;
using Feedback.SparseHybrid;
using Feedback.SparsePaths;
using Simulator;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Feedback;

public sealed class SparseHybridTests
{
    private const int Delays = 16;
    private static readonly CsiDimensions Dimensions = new(64, 1, new AntennaArray(16));

    [Fact]
    public void Fit_PathThatFollowsTheFirstOne_CostsLessThanUnderAPriorThatCannotTellWhich()
    {
        using var scope = NewDisposeScope();
        var fitted = new TinyFit(Dimensions, Delays, 1000, Draw);
        var options = new FittedOptions { Step = 6 };
        var (counted, attending) = (new SparsePathsFit(new()), new SparseHybridFit(new()));
        using var random = new Generator(99);
        var transform = new AngularDelayTransform(Dimensions.Array, Dimensions.Subcarriers, Delays);
        var fresh = TestMeasurements.Of(transform.Restore(Draw(200, random)));

        var plain = counted.Scheme(Dimensions, options, fitted.Run(counted));
        var model = fitted.Run(attending);
        var scheme = attending.Scheme(Dimensions, options, model);
        var (before, after) = (plain.EncodeCounted(fresh), scheme.EncodeCounted(fresh));

        // The third path lies beside the first one, never beside the second. Weights that are alike for both give away log2 2 = 1 bit, of which the network must find half.
        var saved = before.Average(found => found.Ideal) - after.Average(found => found.Ideal);
        Assert.True(saved > 0.5, $"saved {saved} of {before.Average(found => found.Ideal)} bits");
        // The paths are the same but for those at the edge of being worth their bits.
        Assert.InRange(Error(scheme, after) / Error(plain, before), 0.9, 1.1);

        // Between whole steps, the only ones learned from, lengths go on smoothly: these three paths get about as many bits more as the step is finer.
        double[] lengths = [.. new[] { 6, 6.4, 7 }.Select(step => attending.Scheme(Dimensions, options with { Step = step }, model).EncodeCounted(fresh).Average(found => found.Ideal))];
        Assert.InRange(lengths[1], lengths[0], 1.05 * (0.6 * lengths[0] + 0.4 * lengths[2]));

        double Error(IModelledScheme by, IReadOnlyList<CountedMessage> found) =>
            TestMeasurements.NormalisedError(fresh, by.Decode([.. found.Select(message => message.Message)]));
    }

    [Fact]
    public void Constructor_NoPasses_IsRefused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new SparseHybridFit(new() { Passes = 0 }));
        Assert.Equal("passes", error.ParamName);
    }

    // Paths on bins: one anywhere, a weaker one anywhere, and a still weaker one two rows and three bins from the first.
    private static Tensor Draw(int count, Generator random)
    {
        const int angles = 16;
        var draws = rand([count, 9], dtype: ScalarType.Float64, generator: random).data<double>().ToArray();
        var values = new float[count * Delays * angles * 2];
        for (var n = 0; n < count; n++)
        {
            var own = draws.AsSpan(9 * n, 9);
            var (delay, angle) = ((int)(own[0] * (Delays - 4)), (int)(own[1] * angles));
            Plant(n, delay, angle, 1, own[4]);
            Plant(n, (int)(own[2] * Delays), (int)(own[3] * angles), 0.5 + 0.4 * own[7], own[5]);
            Plant(n, delay + 2, (angle + 3) % angles, 0.25 + 0.2 * own[8], own[6]);
        }
        return view_as_complex(tensor(values, [count, Delays, 1, angles, 2]));

        void Plant(int n, int delay, int angle, double size, double turn)
        {
            var place = 2 * ((n * Delays + delay) * angles + angle);
            values[place] += (float)(size * Math.Cos(2 * Math.PI * turn));
            values[place + 1] += (float)(size * Math.Sin(2 * Math.PI * turn));
        }
    }
}
