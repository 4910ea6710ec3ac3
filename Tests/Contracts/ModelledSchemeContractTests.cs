using Experiments;
using Feedback.Fitting;
using Feedback.Models;
using MathNet.Numerics.Statistics;
using Simulator;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Contracts;

/// <summary>What every scheme that is fitted to drops promises, besides the contract of all schemes.</summary>
public sealed class ModelledSchemeContractTests
{
    public static TheoryData<string> Names => [.. Catalogues.Fits.Names];

    public static TheoryData<string> ShippedModels => [.. Directory
        .EnumerateFiles(Path.Combine(RepositoryRoot.Path, "models"), "*.json")
        .Where(card => File.ReadAllText(card).Contains("\"fit\":", StringComparison.Ordinal))
        .Select(card => Path.GetFileNameWithoutExtension(card))];

    [Theory, MemberData(nameof(Names))]
    public void Encode_OtherDrops_TakesWhatTheModelSays(string scheme)
    {
        using var scope = NewDisposeScope();
        var measurement = TestMeasurements.Draw(FeedbackCases.Linear, FeedbackCases.SearchesForPaths(scheme) ? 40 : 200);
        foreach (var step in new[] { 0, 6, 12 })
        {
            var instance = FeedbackCases.Modelled(scheme, FeedbackCases.Linear, new() { Step = step });

            var counted = instance.EncodeCounted(measurement);
            var lengths = counted.Select(found => (double)found.Message.Length).ToArray();
            var estimates = counted.Select(found => found.Ideal).ToArray();

            Assert.Equal(instance.Encode(measurement), counted.Select(found => found.Message));

            // The arithmetic coder ends within 2 bits of -Σ log2 p, whatever the message.
            for (var n = 0; n < lengths.Length; n++)
                Assert.InRange(lengths[n], estimates[n] - 1e-6, estimates[n] + 2.01);
            Assert.InRange(lengths.Average(), 0.99 * estimates.Average() - 2, 1.01 * estimates.Average() + 2);
        }
    }

    [Theory, MemberData(nameof(Names))]
    [Trait("Category", "slow")]
    public void Encode_AtAMean_DeliversIt(string scheme)
    {
        const int drops = 60;
        // A cubic between whole steps errs by less than a tenth of what they are apart, since paths of like strength come into finer cells together;
        // whole bits err by half of one.
        const double between = 0.1;
        const double whole = 0.5;
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var (file, tested) = FeedbackCases.Written(scheme, FeedbackCases.Linear, folder["model"], drops);
        var others = TestMeasurements.Draw(FeedbackCases.Linear, drops, seed: 5);
        var bits = FittedCard.Beside(file).MeanBits();
        var tables = FittedTables.Load(file, scheme);
        foreach (var step in new[] { 4.5, 6.25, 7.75, 9.4 })
        {
            var (below, share) = ((int)step, step - (int)step);
            var wanted = Math.Pow(bits[below], 1 - share) * Math.Pow(bits[below + 1], share);
            var instance = FeedbackCases.FitOf(scheme).Scheme(FeedbackCases.Linear, new FittedOptions { Model = file }.WithMean(FeedbackCases.Linear, wanted), tables);

            // On the drops of the card nothing lies between both but the interpolation.
            Near(Lengths(tested), 0);
            // On others both means are those of a sample; 4 standard errors of their difference are met but once in 16,000.
            var found = Lengths(others);
            Near(found, 4 * found.StandardDeviation() * Math.Sqrt(2.0 / drops));

            double[] Lengths(Measurement measurement) => [.. instance.Encode(measurement).Select(message => (double)message.Length)];

            void Near(double[] lengths, double sampling) => Assert.True(
                Math.Abs(lengths.Average() - wanted) <= between * (bits[below + 1] / bits[below] - 1) * wanted + whole + sampling, $"step {step}: {lengths.Average()} bits instead of {wanted} ± {sampling}");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Decode_FinerSteps_TakeMoreBitsAndErrLess(string scheme)
    {
        using var scope = NewDisposeScope();
        var measurement = TestMeasurements.Draw(FeedbackCases.Linear, 50);
        var (bits, error) = (0.0, double.PositiveInfinity);
        foreach (var step in new[] { 2, 3.5, 5, 6.5, 8, 10 })
        {
            var instance = FeedbackCases.Modelled(scheme, FeedbackCases.Linear, new() { Step = step });
            var messages = instance.Encode(measurement);
            var length = messages.Average(message => message.Length);
            var remaining = TestMeasurements.NormalisedError(measurement, instance.Decode(messages));
            Assert.True(length > bits && remaining < error, $"step {step}: {length} bits, error {remaining}");
            (bits, error) = (length, remaining);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Encode_Budget_IsFilledAndNeverExceeded(string scheme)
    {
        using var scope = NewDisposeScope();
        var measurement = TestMeasurements.Draw(FeedbackCases.Linear, 20);
        var coarse = double.PositiveInfinity;
        foreach (var budget in new[] { RateControl.SmallestBudget, 10, 40, 80, 160, 320 })
        {
            var instance = FeedbackCases.Modelled(scheme, FeedbackCases.Linear, new FittedOptions().WithinBudget(FeedbackCases.Linear, budget));
            var messages = instance.Encode(measurement);
            Assert.All(messages, message => Assert.Equal(budget, message.Length));
            var error = TestMeasurements.NormalisedError(measurement, instance.Decode(messages));
            Assert.True(error <= coarse, $"{budget} bits: error {error} after {coarse}");
            coarse = error;
        }
        // The last budget is worth something.
        Assert.InRange(coarse, 0, 0.9);
    }

    [Theory, MemberData(nameof(Names))]
    public void Read_WrittenModel_GivesTheSameBitsAndDamageIsRefused(string scheme)
    {
        using var scope = NewDisposeScope();
        using var buffer = new MemoryStream();
        FeedbackCases.Model(scheme, FeedbackCases.Linear).Write(buffer);
        var content = buffer.ToArray();
        var measurement = TestMeasurements.Draw(FeedbackCases.Linear, 5);
        var fit = FeedbackCases.FitOf(scheme);

        var read = fit.Scheme(FeedbackCases.Linear, new() { Step = 9 }, FittedTables.Read(content, "tiny", "tiny"));

        Assert.Equal(FeedbackCases.Modelled(scheme, FeedbackCases.Linear, new() { Step = 9 }).Encode(measurement), read.Encode(measurement));
        Assert.Throws<InvalidModelException>(() => FittedTables.Read(content.AsSpan(0, content.Length / 2), "tiny", "tiny"));
        Assert.Throws<InvalidModelException>(() => fit.Scheme(FeedbackCases.Panel, new(), FeedbackCases.Model(scheme, FeedbackCases.Linear)));
        Assert.Throws<InvalidModelException>(() => fit.Scheme(FeedbackCases.Linear, new(), new FittedTables("empty")));
        Assert.Throws<ArgumentException>(() => FeedbackCases.Modelled(scheme, FeedbackCases.Linear, new() { Step = 1000 }));
    }

    [Theory, MemberData(nameof(ShippedModels))]
    public void Load_ShippedModel_IsWhatItsCardSays(string name)
    {
        using var scope = NewDisposeScope();
        var file = Path.Combine(RepositoryRoot.Path, "models", name + ".safetensors");
        var card = FittedCard.Beside(file);
        var instance = FeedbackCases.FitOf(card.Scheme).Scheme(Shipped, new() { Step = 3 }, FittedTables.Load(file, card.Scheme));
        var measurement = TestMeasurements.Draw(Shipped, 2);

        Assert.Equal(2, instance.Decode(instance.Encode(measurement)).Rows.shape[0]);
        Assert.Equal(instance.Steps, card.MeanBits().Count);
        for (var step = 0; step < instance.Steps; step++)
        {
            var estimate = card.Figures[$"step-{step}-estimate"];
            Assert.InRange(card.Figures[$"step-{step}-bits"], 0.99 * estimate - 2, 1.01 * estimate + 2);
        }
    }

    private static CsiDimensions Shipped { get; } = new(1024, 1, new AntennaArray(32));
}
