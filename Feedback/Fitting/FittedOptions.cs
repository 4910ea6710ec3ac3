using System.Globalization;
using Feedback.Transform;
using Simulator;

namespace Feedback.Fitting;

/// <summary>The options of every scheme that is fitted to drops.</summary>
public sealed record FittedOptions : IRateBudget<FittedOptions>, IRateMean<FittedOptions>
{
    /// <summary>The model: its name in an input file, e.g. <c>transform-indoor</c>; the path of its tables once that is read.</summary>
    public string Model { get; init; } = "";

    /// <summary>How finely a report is coded, each whole step about 3 dB finer than the one before; not used within a budget.</summary>
    public double Step { get; init; } = 8;

    /// <summary>Every message is filled up to this many bits, and coded as finely as fits; 0: the step decides.</summary>
    public int ContainerBits { get; init; }

    /// <summary>Whether messages are coded at the step and cut at the container, so that every prefix of a message decodes to what it holds.</summary>
    public bool Embedded { get; init; }

    /// <summary>Whether the terminal weighs the error of every level against its bits, instead of rounding alike whatever they cost.</summary>
    public bool RateDistortion { get; init; } = true;

    /// <summary>What a bit is worth in squared error, in units of the squared step.</summary>
    internal double Price => RateDistortion ? DeadZone.Price : 0;

    /// <inheritdoc/>
    public FittedOptions WithinBudget(CsiDimensions dimensions, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        return bits >= RateControl.SmallestBudget
            ? this with { ContainerBits = bits }
            : throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"budget is {bits} b; a fitted scheme takes at least {RateControl.SmallestBudget} b (a report that says nothing)."), nameof(bits));
    }

    /// <inheritdoc/>
    public FittedOptions WithMean(CsiDimensions dimensions, double bits) =>
        this with { Step = new RateCurve(FittedCard.Beside(Model).MeanBits()).PermittedStepAt(bits) };
}
