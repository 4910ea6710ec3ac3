using System.Collections.Concurrent;

namespace Feedback.Transform;

/// <summary>What was learned at whole steps, and what stands for it between them: made of both neighbours, so that lengths go on without a jump.</summary>
/// <typeparam name="T">What a step has.</typeparam>
/// <param name="whole">Of each whole step.</param>
/// <param name="between">Makes what lies at a share, 1 … <see cref="Parts"/>-1, of the way from one whole step to the next.</param>
internal sealed class BetweenSteps<T>(IReadOnlyList<T> whole, Func<T, T, int, T> between)
{
    /// <summary>Parts of a whole step: few enough that the last digits of a step decide nothing.</summary>
    public const int Parts = 64;

    private readonly ConcurrentDictionary<int, T> made = new();

    /// <summary>What a step has.</summary>
    public T At(double step)
    {
        var part = Math.Clamp((int)Math.Floor(Parts * step + 0.5), 0, Parts * (whole.Count - 1));
        return part % Parts == 0
            ? whole[part / Parts]
            : made.GetOrAdd(part, place => between(whole[place / Parts], whole[place / Parts + 1], place % Parts));
    }
}
