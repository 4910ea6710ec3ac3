using Feedback.Fitting;
using Feedback.SparseHybrid;
using Feedback.SparsePaths;
using Simulator;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Feedback;

public sealed class PathResidualTests
{
    private const int Delays = 8;
    private static readonly CsiDimensions Dimensions = new(32, 1, new AntennaArray(8));
    private static readonly Dictionary<string, Lazy<(IModelledScheme[] Plain, IModelledScheme[] WithResidual)>> Schemes = new()
    {
        ["sparse-paths"] = new(() => Fit(residual => new SparsePathsFit(new() { Residual = residual }))),
        ["sparse-hybrid"] = new(() => Fit(residual => new SparseHybridFit(new() { Residual = residual, Passes = 2 }))),
    };

    private static readonly double[] Steps = [4, 6.5, 9];

    public static TheoryData<string> Names => [.. Schemes.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Encode_PathsAndDiffuseEnergy_CostsNoMoreThanPathsAlone(string name)
    {
        using var scope = NewDisposeScope();
        var fresh = Fresh();
        var (saved, all) = (0.0, 0.0);
        foreach (var (i, step) in Steps.Index())
        {
            var (plain, residual) = (Schemes[name].Value.Plain[i], Schemes[name].Value.WithResidual[i]);
            var (before, after) = (plain.EncodeCounted(fresh), residual.EncodeCounted(fresh));
            var (with, without) = (ErrorsOnTheCrop(residual, after), ErrorsOnTheCrop(plain, before));
            for (var n = 0; n < before.Count; n++)
            {
                // Both have the same tables of paths, and the terminal takes what costs least, error in Δ² + 0.1 a bit: at most as much as the same paths without a
                // residual, which it says in under 10 bits. Δ is relative to the scale of the report, an eighth of an octave above its crop or a fortieth below, so
                // that one of these two says what the terminal saw. An error of float32 sums, 10⁻⁶ of the crop, is 0.01 of the smallest Δ² = 2^(-2-9).
                var (error, bits) = ((with[n] - without[n]) / Width(step), after[n].Ideal - before[n].Ideal);
                var more = Math.Min(error * Math.Pow(2, -0.25), error * Math.Pow(2, 0.05)) + 0.1 * bits;
                Assert.True(more <= 1 + 0.01, $"step {step}, report {n}: {more} more, {bits} bits");
                (saved, all) = (saved - more, all + without[n] / Width(step) + 0.1 * before[n].Ideal);
            }
        }
        // Energy that is nowhere sparse is worth having the residual for.
        Assert.True(saved > 0.03 * all, $"saved {saved} of {all}");
    }

    [Theory, MemberData(nameof(Names))]
    public void Encode_KnownNoise_HasNoResidual(string name)
    {
        using var scope = NewDisposeScope();
        var fresh = Fresh();
        var power = view_as_real(fresh.Channel).to(ScalarType.Float64).square().sum().item<double>() / fresh.Channel.numel();
        var told = fresh with { NoiseVariance = full([fresh.Count], power, dtype: ScalarType.Float64) };

        // As much noise as channel: what the paths leave is worth nothing, however fine the step.
        Assert.All(Schemes[name].Value.WithResidual[^1].Encode(told).Zip(Schemes[name].Value.Plain[^1].Encode(told)), pair => Assert.InRange(pair.First.Length, 0, pair.Second.Length + 10));
    }

    private static double Width(double step) => Math.Pow(2, -2 - step);

    private static (IModelledScheme[] Plain, IModelledScheme[] WithResidual) Fit(Func<bool, IModelFit> make)
    {
        using var scope = NewDisposeScope();
        var fitted = new TinyFit(Dimensions, Delays, 400, Draw);
        return (Of(make(false)), Of(make(true)));

        IModelledScheme[] Of(IModelFit fit)
        {
            var model = fitted.Run(fit);
            return [.. Steps.Select(step => fit.Scheme(Dimensions, new FittedOptions { Step = step }, model))];
        }
    }

    private static Measurement Fresh()
    {
        using var random = new Generator(99);
        return TestMeasurements.Of(new AngularDelayTransform(Dimensions.Array, Dimensions.Subcarriers, Delays).Restore(Draw(40, random)));
    }

    // Relative to the energy of the crop.
    private static double[] ErrorsOnTheCrop(IModelledScheme scheme, IReadOnlyList<CountedMessage> messages)
    {
        using var scope = NewDisposeScope();
        var transform = new AngularDelayTransform(Dimensions.Array, Dimensions.Subcarriers, Delays);
        var truth = view_as_real(transform.Crop(Fresh().Channel.select(1, 0))).to(ScalarType.Float64).flatten(1);
        var found = view_as_real(transform.Crop(scheme.Decode([.. messages.Select(message => message.Message)]).Rows)).to(ScalarType.Float64).flatten(1);
        return ((truth - found).square().sum(1) / truth.square().sum(1)).data<double>().ToArray();
    }

    // Two paths on bins, and behind the first of them energy at all angles that decays by e every three rows.
    private static Tensor Draw(int count, Generator random)
    {
        const int angles = 8;
        var draws = rand([count, 6], dtype: ScalarType.Float64, generator: random).data<double>().ToArray();
        var values = (randn([count, Delays, angles, 2], generator: random) * 0.05).data<float>().ToArray();
        for (var n = 0; n < count; n++)
        {
            var own = draws.AsSpan(6 * n, 6);
            for (var i = 0; i < Delays * angles * 2; i++)
                values[n * Delays * angles * 2 + i] *= (float)Math.Exp(-i / (angles * 2) / 3.0);
            Plant(n, (int)(3 * own[0]), (int)(own[1] * angles), 1, own[2]);
            Plant(n, (int)(Delays * own[3]), (int)(own[4] * angles), 0.5, own[5]);
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
