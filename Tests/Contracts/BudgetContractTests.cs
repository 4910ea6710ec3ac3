using System.Globalization;
using System.Text.RegularExpressions;
using Channels.Cost2100;
using Experiments;
using Experiments.Configuration;
using Feedback.Fitting;
using MathNet.Numerics.Statistics;
using Simulator;
using Simulator.Estimation;
using Simulator.Metrics;
using Simulator.Precoding;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Contracts;

/// <summary>What every scheme promises that can be held to a budget: <c>rate: { budget: … }</c>.</summary>
public sealed partial class BudgetContractTests
{
    // Every small budget, then some: around bytes, words and what models were made for.
    private static readonly int[] Budgets = [.. Enumerable.Range(1, 20), 24, 31, 32, 33, 48, 63, 64, 65, 100, 128, 200, 300, 511, 600];

    public static TheoryData<string> Names => [.. Catalogues.Feedback.Entries
        // Networks have no shipped model each; their budgets are tested with them.
        .Where(entry => Catalogues.Networks.Find(entry.Name) is null && entry.WithinBudget(entry.DefaultOptions(), FeedbackCases.Linear, 10_000) is not null)
        .Select(entry => entry.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Encode_WithinAnyBudget_IsTheContainerOrRefusedWithTheSmallest(string name)
    {
        Within(name, FeedbackCases.Linear, Budgets);
        Within(name, FeedbackCases.Panel, Budgets);
    }

    [Theory, MemberData(nameof(Names))]
    [Trait("Category", "slow")]
    public void Encode_WithinEveryBudgetTo600Bits_IsTheContainerOrRefusedWithTheSmallest(string name) =>
        Within(name, FeedbackCases.Linear, [.. Enumerable.Range(1, 600)]);

    [Theory, MemberData(nameof(Names))]
    [Trait("Category", "slow")]
    public void SpectralEfficiency_WithinGrowingBudgets_IsThatOfAFixedBeamAndMore(string name)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(23);
        var dimensions = new CsiDimensions(128, 1, new AntennaArray(32));
        var channel = new Cost2100Channel(Cost2100Scenario.Shipped("indoor-hall-5ghz"), new Cost2100Options { Array = dimensions.Array });
        var drop = channel.Draw(200, new ResourceGrid(dimensions.Subcarriers, 20e6), random);
        var measurement = LinkSimulation.Measure(drop, new PerfectEstimator(), random);
        var link = new LinkSimulation(new AngularDelayTransform(dimensions.Array, dimensions.Subcarriers, 32), streams: 1);
        var entry = Catalogues.Feedback.Find(name)!;
        // A report of nothing: the base station takes its fixed beam.
        var silent = Report.OfChannel(zeros_like(measurement.Channel.select(1, 0)));
        var beam = Efficiencies(new FeedbackExchange(silent, zeros([200], dtype: ScalarType.Int64)));
        var best = beam.Average();
        foreach (var budget in Budgets)
        {
            using var inner = NewDisposeScope();
            if (Fit(entry, dimensions, budget) is not { } options)
                continue;
            var scheme = options is FittedOptions fitted ? entry.Create(fitted with { Model = ShippedModel(name) }, dimensions) : entry.Create(options, dimensions);
            var values = Efficiencies(LinkSimulation.Exchange(measurement, scheme));
            var half = 1.96 * values.StandardDeviation() / Math.Sqrt(values.Length);
            Assert.True(values.Average() >= best - half, $"{budget} bits: {values.Average()} ± {half} bit/s/Hz after {best}");
            best = Math.Max(best, values.Average());
        }
        // 600 bits are worth much more than the fixed beam.
        Assert.True(best > beam.Average() + 2, $"{best} bit/s/Hz, the fixed beam has {beam.Average()}");

        double[] Efficiencies(FeedbackExchange exchange) =>
            new SpectralEfficiency().Evaluate(link.Transmit(drop, exchange, new MaximumRatio(), noiseVariance: 0.1)).data<double>().ToArray();
    }

    private static string ShippedModel(string scheme) => Directory
        .EnumerateFiles(Path.Combine(RepositoryRoot.Path, "models"), $"{scheme}-indoor*.safetensors").Order(StringComparer.Ordinal).First();

    private static void Within(string name, CsiDimensions dimensions, int[] budgets)
    {
        using var scope = NewDisposeScope();
        var entry = Catalogues.Feedback.Find(name)!;
        var usual = TestMeasurements.Draw(dimensions, 4, seed: 31);
        var strong = TestMeasurements.Draw(dimensions, 1, seed: 32, scale: 1e9);
        var flat = usual with { Channel = usual.Channel.narrow(0, 0, 1) * 0 + 1, NoiseVariance = usual.NoiseVariance.narrow(0, 0, 1) };
        var measurement = new Measurement(
            cat([usual.Channel, strong.Channel, flat.Channel, zeros_like(flat.Channel)], 0), zeros([7], dtype: ScalarType.Float64));
        var refusals = 0;
        foreach (var (position, budget) in budgets.Index())
        {
            using var inner = NewDisposeScope();
            if (Fit(entry, dimensions, budget) is not { } options)
            {
                refusals++;
                Assert.True(refusals == position + 1, $"{budget} bits are refused, but {budgets[Math.Max(position - 1, 0)]} are not.");
                continue;
            }
            var scheme = Scheme(entry, dimensions, options);
            var messages = scheme.Encode(measurement);
            Assert.All(messages, message => Assert.Equal(budget, message.Length));
            Assert.Equal(measurement.Count, scheme.Decode(messages).Rows.shape[0]);
        }
        Assert.True(refusals < budgets.Length, "No budget is enough.");
    }

    /// <summary>Fits the default options into a budget; a refusal must name the smallest budget that is none.</summary>
    private static object? Fit(CatalogueEntry<CsiDimensions, IFeedbackScheme> entry, CsiDimensions dimensions, int budget)
    {
        try
        {
            return entry.WithinBudget(entry.DefaultOptions(), dimensions, budget);
        }
        catch (ArgumentException refusal)
        {
            var smallest = int.Parse(AtLeast().Match(refusal.Message).Groups[1].Value, CultureInfo.InvariantCulture);
            Assert.InRange(smallest, budget + 1, int.MaxValue);
            Assert.NotNull(entry.WithinBudget(entry.DefaultOptions(), dimensions, smallest));
            Assert.ThrowsAny<ArgumentException>(() => entry.WithinBudget(entry.DefaultOptions(), dimensions, smallest - 1));
            return null;
        }
    }

    private static IFeedbackScheme Scheme(CatalogueEntry<CsiDimensions, IFeedbackScheme> entry, CsiDimensions dimensions, object options) =>
        options is FittedOptions fitted && Catalogues.Fits.Find(entry.Name) is not null
            ? FeedbackCases.Modelled(entry.Name, dimensions, fitted)
            : entry.Create(options, dimensions);

    [GeneratedRegex(@"at least (\d+) b\b")]
    private static partial Regex AtLeast();
}
