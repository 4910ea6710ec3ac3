namespace Feedback.Fitting;

/// <summary>How the model of a fitted scheme is made, whatever the scheme.</summary>
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

    /// <summary>Whether each report's delays are moved so that the strongest one lies on a row, at the cost of a few bits.</summary>
    public bool Align { get; init; }

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
