using System.Globalization;
using Feedback.Fitting;
using Simulator;

namespace Feedback.Neural.Latents;

/// <summary>The options of <see cref="LatentFeedback"/>.</summary>
public sealed record LatentOptions : IRateBudget<LatentOptions>, IRateMean<LatentOptions>
{
    /// <summary>The model: its name in an input file; the path of its weights once that is read.</summary>
    public string Model { get; init; } = "";

    /// <summary>How finely a report is coded, 0 … the model's last step; not used within a budget.</summary>
    public double Step { get; init; }

    /// <summary>Every message is filled up to this many bits, and coded as finely as fits; 0: the step decides.</summary>
    public int ContainerBits { get; init; }

    /// <inheritdoc/>
    public LatentOptions WithinBudget(CsiDimensions dimensions, int bits) => bits >= RateControl.SmallestBudget
        ? this with { ContainerBits = bits }
        : throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture, $"budget is {bits} b; a coded network takes at least {RateControl.SmallestBudget} b (a report that says nothing)."), nameof(bits));

    /// <inheritdoc/>
    public LatentOptions WithMean(CsiDimensions dimensions, double bits)
    {
        var card = ModelStore.ReadCard(Model);
        var measured = new List<double>();
        while (card.Figures.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"test-bits-step-{measured.Count}"), out var mean))
            measured.Add(mean);
        if (measured.Count < 2)
            throw new ArgumentException($"mean cannot be held by the model '{card.Name}', which has {measured.Count} rate(s); permitted is a model of several.", nameof(bits));
        return this with { Step = new RateCurve(measured).PermittedStepAt(bits) };
    }
}
