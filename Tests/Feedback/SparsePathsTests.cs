using Feedback.Fitting;
using Simulator;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Feedback;

public sealed class SparsePathsTests
{
    public static TheoryData<string> Arrays => ["linear", "panel"];

    [Fact]
    public void Encode_Embedded_EveryPrefixIsTheMessageOfASmallerContainer()
    {
        using var scope = NewDisposeScope();
        var measurement = TestMeasurements.Draw(FeedbackCases.Linear, 10);
        IModelledScheme Contained(int bits) => FeedbackCases.Modelled(
            "sparse-paths", FeedbackCases.Linear, new FittedOptions { Step = 10, Embedded = true }.WithinBudget(FeedbackCases.Linear, bits));
        var longest = Contained(400).Encode(measurement);
        var worse = double.PositiveInfinity;
        foreach (var bits in new[] { 3, 20, 60, 150, 400 })
        {
            var scheme = Contained(bits);
            BitString[] cut = [.. longest.Select(message => new BitString(message.Bytes, bits))];
            Assert.Equal(cut, scheme.Encode(measurement));
            // What arrived whole is decoded, and more bits hold more of it.
            var error = TestMeasurements.NormalisedError(measurement, scheme.Decode(cut));
            Assert.True(error <= worse, $"{bits} bits: {error} after {worse}");
            worse = error;
        }
        Assert.InRange(worse, 0, 0.9);
    }

    // The first symbol of a message within a budget says the step in less than 13 bits: no chance is below 1/1024 of a sum of less than 6. Who has paid them
    // may still choose any step that fits: on the crop, which is what paths are weighed on, a search must find none worse than the best of them.
    [Fact]
    public void Encode_Budget_ErrsNoMoreOnTheCropThanAnyStepThatFits()
    {
        using var scope = NewDisposeScope();
        var measurement = TestMeasurements.Draw(FeedbackCases.Linear, 3, seed: 3);
        var transform = new AngularDelayTransform(FeedbackCases.Linear.Array, FeedbackCases.Linear.Subcarriers, 32);
        var truth = transform.Crop(measurement.Channel.select(1, 0));
        double Error(IModelledScheme scheme, BitString message, int n) =>
            TestMeasurements.NormalisedError(TestMeasurements.Of(truth.narrow(0, n, 1)), Report.OfChannel(transform.Crop(scheme.Decode([message]).Rows)));
        var steps = Enumerable.Range(0, 31).Select(step => FeedbackCases.Modelled("sparse-paths", FeedbackCases.Linear, new FittedOptions { Step = step / 2.0 })).ToArray();
        var messages = steps.Select(scheme => scheme.Encode(measurement)).ToArray();
        foreach (var budget in new[] { 40, 160, 320 })
        {
            var within = FeedbackCases.Modelled("sparse-paths", FeedbackCases.Linear, new FittedOptions().WithinBudget(FeedbackCases.Linear, budget));
            var fitted = within.Encode(measurement);
            for (var n = 0; n < fitted.Count; n++)
            {
                var least = Enumerable.Range(0, steps.Length).Where(step => messages[step][n].Length + 13 <= budget)
                    .Min(step => Error(steps[step], messages[step][n], n));
                Assert.InRange(Error(within, fitted[n], n), 0, least);
            }
        }
    }

    [Fact]
    public void Constructor_LevelsNotWeighed_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => FeedbackCases.Modelled("sparse-paths", FeedbackCases.Linear, new() { RateDistortion = false }));
        Assert.Contains("permitted is true, since paths are always weighed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_EmbeddedWithoutABudgetOrOrder_IsRefused()
    {
        var open = Assert.Throws<ArgumentException>(() => FeedbackCases.Modelled("sparse-paths", FeedbackCases.Linear, new() { Embedded = true }));
        Assert.Contains("permitted with rate: { budget", open.Message, StringComparison.Ordinal);
        var other = Assert.Throws<ArgumentException>(() => FeedbackCases.Modelled("transform", FeedbackCases.Linear, new() { Embedded = true, ContainerBits = 100 }));
        Assert.Contains("permitted is false", other.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Arrays))]
    public void Decode_PlantedPaths_AreRebuiltOnAllSubcarriers(string array)
    {
        using var scope = NewDisposeScope();
        var dimensions = Of(array);
        var measurement = TestMeasurements.Of(Planted(dimensions));

        var messages = Create(dimensions, 13).Encode(measurement);
        var report = Create(dimensions, 13).Decode(messages);

        // Δ² = 2^(-2-13) = 3·10⁻⁵ of the energy of the crop. Each of the three paths errs by Δ²/12 in each real weight, two or sixteen of them, and by as much
        // again for every two weights in delay and each angle: at most 3·(16 + 6)·Δ²/12 = 1.7·10⁻⁴. Twice that, for cells that are not quite as small as asked for.
        Assert.InRange(TestMeasurements.NormalisedError(measurement, report), 0, 3.4e-4);
        // The paths lie about delays 1.3, 4.71 and 9.5 of 48 or 64: the rows beyond the crop hold more than that.
        var crop = new AngularDelayTransform(dimensions.Array, dimensions.Subcarriers, 32);
        var cropped = TestMeasurements.NormalisedError(measurement, Report.OfChannel(crop.Restore(crop.Crop(measurement.Channel.select(1, 0)))));
        Assert.True(cropped > 3.4e-4, $"cropped {cropped}");
    }

    [Theory, MemberData(nameof(Arrays))]
    public void Encode_KnownNoise_IsNotCoded(string array)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        var dimensions = Of(array);
        var planted = Planted(dimensions);
        var truth = TestMeasurements.Of(planted);
        var power = view_as_real(planted).to(ScalarType.Float64).square().sum().item<double>() / planted.numel();
        long[] shape = [.. planted.shape, 2];
        var noise = randn(shape, dtype: ScalarType.Float64, generator: random) * Math.Sqrt(power / 20);
        var noisy = TestMeasurements.Of(planted + view_as_complex(noise.to(ScalarType.Float32)));
        var told = noisy with { NoiseVariance = full([1], power / 10, dtype: ScalarType.Float64) };
        // Δ² = 2^(-2-13) of the energy is below the noise of a value, 0.1/(S·R·A) of it: told nothing, the terminal takes noise for paths.
        var scheme = Create(dimensions, 13);

        var (blind, knowing) = (scheme.Encode(noisy)[0], scheme.Encode(told)[0]);

        // The measurement errs by 0.1. Of its noise only what falls on three paths can get through: some 3·(C + 6) of the 2·S·R·A directions, 3·8/4096 linear, 3·22/1152 panel.
        Assert.True(2 * knowing.Length < blind.Length, $"{knowing.Length} and {blind.Length} bits");
        Assert.InRange(TestMeasurements.NormalisedError(truth, scheme.Decode([knowing])), 0, 0.02);
    }

    private static CsiDimensions Of(string array) => array == "linear" ? FeedbackCases.Linear : FeedbackCases.Panel;

    private static IModelledScheme Create(CsiDimensions dimensions, double step) =>
        FeedbackCases.Modelled("sparse-paths", dimensions, new() { Step = step });

    private static Tensor Planted(CsiDimensions dimensions)
    {
        var components = dimensions.ReceiveAntennas * dimensions.Array.Polarisations;
        double[] Weights(double scale, int seed) => [.. Enumerable.Range(0, components).Select(j => scale * (1 + Math.Sin(seed + j) / 2))];
        var (first, second) = (dimensions.Array.First, dimensions.Array.Second);
        return Path(dimensions, 1.3, 0.21 * first, 0.4 * second, Weights(1, 1))
            + Path(dimensions, 4.71, 0.63 * first, 0.1 * second, Weights(0.6, 2))
            + Path(dimensions, 9.5, 0.88 * first, 0.7 * second, Weights(-0.4, 3));
    }

    // Σ over the definition: a tone over subcarriers and one over each axis of the array, weights by receive antenna and polarisation.
    private static Tensor Path(CsiDimensions dimensions, double delay, double first, double second, double[] weights)
    {
        var array = dimensions.Array;
        var parts = new float[dimensions.Subcarriers * dimensions.ReceiveAntennas * array.Ports * 2];
        var place = 0;
        for (var s = 0; s < dimensions.Subcarriers; s++)
        {
            for (var j = 0; j < weights.Length; j++)
            {
                for (var n = 0; n < array.First * array.Second; n++)
                {
                    var turns = -s * delay / dimensions.Subcarriers + n / array.Second * first / array.First + n % array.Second * second / array.Second + 0.1 * j * j;
                    parts[place++] = (float)(weights[j] * Math.Cos(2 * Math.PI * turns));
                    parts[place++] = (float)(weights[j] * Math.Sin(2 * Math.PI * turns));
                }
            }
        }
        return view_as_complex(tensor(parts, [1, dimensions.Subcarriers, dimensions.ReceiveAntennas, array.Ports, 2]));
    }
}
