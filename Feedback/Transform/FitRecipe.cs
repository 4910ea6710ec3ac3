namespace Feedback.Transform;

/// <summary>How a model of the scheme <c>transform</c> is fitted.</summary>
public sealed record FitRecipe
{
    /// <summary>Seed of all drops.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Number of drops to fit to, at least 250.</summary>
    public int Drops { get; init; } = 20_000;

    /// <summary>Number of other drops whose figures stand on the card, at least 1.</summary>
    public int TestDrops { get; init; } = 2_000;

    /// <summary>D, number of delay rows, at least 1.</summary>
    public int Delays { get; init; } = 32;

    /// <summary>Refuses what cannot be fitted.</summary>
    /// <returns>The recipe.</returns>
    /// <exception cref="ArgumentException">With the name of the option.</exception>
    public FitRecipe Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Drops, 250, "drops");
        ArgumentOutOfRangeException.ThrowIfLessThan(TestDrops, 1, "test-drops");
        ArgumentOutOfRangeException.ThrowIfLessThan(Delays, 1, "delays");
        return this;
    }
}
