using System.Numerics;
using Feedback.Coding;
using Feedback.Fitting;
using Feedback.Mixture;
using Simulator;
using Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Feedback.Mixture;

public sealed class MixtureCodecTests
{
    private const int Delays = 4;
    private const int Receive = 2;
    private const int Ports = 6;
    private const int Bins = Delays * Ports;
    private const int Drops = 300;

    private static readonly CsiDimensions Dimensions = new(8, Receive, new AntennaArray(3, 1, 2));
    private static readonly TinyFit Fit = new(Dimensions, Delays, Drops, Draw);

    public static TheoryData<MixtureCovariance> Forms => [.. Enum.GetValues<MixtureCovariance>()];

    [Theory, MemberData(nameof(Forms))]
    public void Analyse_AnyCrop_ChoosesTheStateOfSlowSums(MixtureCovariance covariance)
    {
        var model = Model(covariance);
        var states = MixtureStates.Of(model);
        var basis = new MixtureBasis(model, Dimensions);

        var values = basis.Analyse([.. Fit.Crops.SelectMany(crop => crop)], Drops);

        var chosen = new HashSet<int>();
        for (var n = 0; n < Drops; n++)
        {
            var slow = Enumerable.Range(0, states.Count).Select(state => Coefficients(states, state, Fit.Crops[n])).ToList();
            var likelihoods = slow.Select((coefficients, state) => Likelihood(states, state, coefficients)).ToList();
            var found = values.AsSpan(n * basis.Values, basis.Values);
            var state = (int)found[0];
            chosen.Add(state);
            // Crops of some 50 float32 numbers of magnitude 1, through products of at most 24 terms, and sums of at most 60 quotients below 1e3.
            Assert.Equal(likelihoods.Max(), likelihoods[state], 1e-2);
            for (var i = 0; i < slow[state].Length; i++)
            {
                Assert.Equal(slow[state][i].Real, found[1 + 2 * i], 1e-4);
                Assert.Equal(slow[state][i].Imaginary, found[2 + 2 * i], 1e-4);
            }
        }
        Assert.Equal(states.Count, chosen.Count);
    }

    [Theory, MemberData(nameof(Forms))]
    public void Write_AnyCrop_TakesThePriorOfTheStateAndTheTablesOfItsClasses(MixtureCovariance covariance)
    {
        const int step = 7;
        var model = Model(covariance);
        var states = MixtureStates.Of(model);
        var (basis, codec) = (new MixtureBasis(model, Dimensions), new MixtureCodec(model, Dimensions, price: 0));
        var values = basis.Analyse([.. Fit.Crops.SelectMany(crop => crop)], Drops);
        var classes = model.Integers("mixture.classes");
        var (lengths, frequencies) = (model.Integers("mixture.lengths"), model.Integers("mixture.frequencies"));
        for (var n = 0; n < 30; n++)
        {
            var crop = values.AsSpan(n * basis.Values, basis.Values);
            var counted = new IdealLength();

            codec.Write(counted, crop, step);

            // One step for all states and coefficients; a table for each class of variance at each step.
            var bits = -Math.Log2(model.Integers("mixture.prior")[(int)crop[0]] / 65536.0);
            for (var i = 1; i < crop.Length; i++)
            {
                var magnitude = (int)(Math.Abs(crop[i]) / (32 * Math.Pow(2, -0.5 * step)) + 1.0 / 3);
                var row = step * (classes.Max() + 1) + classes[(int)crop[0] * states.Coefficients + (i - 1) / 2 % states.Coefficients];
                var table = frequencies.AsSpan(lengths.Take(row).Sum(), lengths[row]);
                Assert.InRange(magnitude, 0, table.Length - 2);
                bits += -Math.Log2(table[magnitude] / 65536.0) + (magnitude > 0 ? 1 : 0);
            }
            Assert.Equal(bits, counted.Bits, 1e-6);
        }
    }

    [Theory, MemberData(nameof(Forms))]
    public void Decode_FineSteps_GivesTheChannelBackWhateverTheBatch(MixtureCovariance covariance)
    {
        using var scope = NewDisposeScope();
        var fit = new MixtureFit(new() { States = 3, Covariance = covariance });
        var scheme = fit.Scheme(Dimensions, new() { Step = 15, RateDistortion = false }, Model(covariance));
        using var random = new Generator(8);
        var transform = new AngularDelayTransform(Dimensions.Array, Dimensions.Subcarriers, Delays);
        var measurement = TestMeasurements.Of(transform.Restore(Draw(40, random)));

        var messages = scheme.Encode(measurement);
        var decoded = scheme.Decode(messages);

        // Values of mean square 1 err by at most the 2/3 of a step of 32 · 2^-7.5 in which they are zero; twice that where low rank adds two parts.
        var width = 32 * Math.Pow(2, -7.5);
        Assert.InRange(TestMeasurements.NormalisedError(measurement, decoded), 1e-6, 2 * Math.Pow(2 * width / 3, 2));
        for (var n = 0; n < messages.Count; n++)
        {
            Assert.Equal(messages[n], Assert.Single(scheme.Encode(measurement.Part(n))));
            Assert.Equal(0, (scheme.Decode([messages[n]]).Rows[0] - decoded.Rows[n]).abs().max().ToSingle());
        }
    }

    [Fact]
    public void Constructor_OutOfRange_NamesThePermitted()
    {
        string Message(MixtureFitOptions options) => Assert.ThrowsAny<ArgumentException>(() => new MixtureFit(options)).Message;

        Assert.Equal("rank is 4; permitted with covariance: low-rank only. (Parameter 'rank')", Message(new() { Rank = 4 }));
        Assert.Contains("states", Message(new() { States = 257 }), StringComparison.Ordinal);
    }

    private static FittedTables Model(MixtureCovariance covariance) =>
        Fit.Run(new MixtureFit(new() { States = 3, Covariance = covariance, Rank = covariance == MixtureCovariance.LowRank ? 5 : 0 }));

    // Three states: power in a third of the delays each, correlated along ports.
    private static Tensor Draw(int count, Generator random)
    {
        using var scope = NewDisposeScope();
        var parts = view_as_complex(randn([count, Delays, Receive, Ports, 2], dtype: ScalarType.Float64, generator: random).to(ScalarType.Float32));
        var common = parts.narrow(3, 0, 1) * 2;                                                // [B, D, R, 1]
        var states = arange(count, dtype: ScalarType.Int64).remainder(3).reshape(-1, 1);
        var strong = states.eq(arange(Delays, dtype: ScalarType.Int64).remainder(3));          // [B, D]
        var gains = where(strong, ones([1]), full([1], 0.2f)).unsqueeze(-1).unsqueeze(-1);
        return ((parts + common) * gains).MoveToOuterDisposeScope();
    }

    // y of each receive antenna from the states' bases, a scalar after the other; crops are in order of delay, receive antenna, port.
    private static Complex[] Coefficients(MixtureStates states, int state, float[] crop)
    {
        var bases = states.Bases;
        var found = new List<Complex>();
        for (var antenna = 0; antenna < Receive; antenna++)
        {
            Complex Entry(int delay, int port)
            {
                var place = 2 * ((delay * Receive + antenna) * Ports + port);
                return new(crop[place], crop[place + 1]);
            }
            static Complex Value(float[] values, int place) => new(values[2 * place], values[2 * place + 1]);
            var parts = new Complex[bases.Rank];
            for (var k = 0; k < bases.Rank; k++)
            {
                for (var bin = 0; bin < Bins; bin++)
                    parts[k] += Complex.Conjugate(Value(bases.Factors, (state * Bins + bin) * bases.Rank + k)) * Entry(bin / Ports, bin % Ports);
            }
            for (var bin = 0; bin < Bins; bin++)
            {
                var sum = bases.Delay.Length > 0 ? 0 : Entry(bin / Ports, bin % Ports);
                for (var k = 0; k < bases.Rank; k++)
                    sum -= Value(bases.Factors, (state * Bins + bin) * bases.Rank + k) * parts[k];
                for (var other = 0; bases.Delay.Length > 0 && other < Bins; other++)
                {
                    sum += Complex.Conjugate(Value(bases.Delay, (state * Delays + other / Ports) * Delays + bin / Ports))
                        * Complex.Conjugate(Value(bases.Angle, (state * Ports + other % Ports) * Ports + bin % Ports)) * Entry(other / Ports, other % Ports);
                }
                found.Add(sum);
            }
            found.AddRange(parts);
        }
        return [.. found];
    }

    // ln w - Σ (ln v + (|y|² + ε)/v), v = E|y|² + ε; what low rank leaves over is 24 - K dimensions of one variance.
    private static double Likelihood(MixtureStates states, int state, Complex[] coefficients)
    {
        var rank = states.Bases.Rank;
        var error = 0.03 * Enumerable.Range(0, states.Count).Sum(other => states.Weights[other] * Variances(other).Sum()) / Bins;
        var found = Math.Log(states.Weights[state]);
        foreach (var antenna in coefficients.Chunk(states.Coefficients))
        {
            double[] powers = [.. antenna.Select(value => value.Real * value.Real + value.Imaginary * value.Imaginary)];
            if (rank == 0)
            {
                found += Enumerable.Range(0, Bins).Sum(bin => Term(powers[bin] + error, Variances(state)[bin] + error));
                continue;
            }
            found += Enumerable.Range(Bins, rank).Sum(k => Term(powers[k] + error, Variances(state)[k] + error));
            var (left, mean) = (powers.Take(Bins).Sum(), Variances(state).Take(Bins).Sum() / (Bins - rank));
            found += (Bins - rank) * Term(left / (Bins - rank) + error, mean + error);
        }
        return found;

        double[] Variances(int other) => [.. states.Variances.Skip(other * states.Coefficients).Take(states.Coefficients).Select(value => (double)value)];

        static double Term(double power, double variance) => -Math.Log(variance) - power / variance;
    }
}
