using Feedback.Coding;
using Feedback.Transform;

namespace Feedback.Context;

/// <summary>Everything that a context codec knows at one step.</summary>
internal sealed class ContextStep
{
    private readonly int[] agreeing;

    /// <summary>Creates a step; the signs that agree with the expected one are out of 2^16.</summary>
    public ContextStep(ContextWeights weights, LevelTable[] tables, int[] agreeing)
    {
        (Weights, Tables, this.agreeing) = (weights, tables, agreeing);
        Signs = [.. agreeing.Select(count => new FrequencyTable([count, (1 << 16) - count]))];
    }

    /// <summary>What to expect of a bin.</summary>
    public ContextWeights Weights { get; }

    /// <summary>Levels in each context.</summary>
    public LevelTable[] Tables { get; }

    /// <summary>Whether a sign is the expected one, in each context.</summary>
    public FrequencyTable[] Signs { get; }

    /// <summary>The step between two neighbours, in shares of <see cref="BetweenSteps{T}.Parts"/>.</summary>
    /// <remarks>Tables of levels are the nearer ones, since a context that one of them has hardly seen would spoil a mixture of both.</remarks>
    public static ContextStep Between(ContextStep coarse, ContextStep fine, int share) => new(
        ContextWeights.Between(coarse.Weights, fine.Weights, share),
        2 * share < BetweenSteps<ContextStep>.Parts ? coarse.Tables : fine.Tables,
        [.. coarse.agreeing.Zip(fine.agreeing, (left, right) => left + (right - left) * share / BetweenSteps<ContextStep>.Parts)]);
}
