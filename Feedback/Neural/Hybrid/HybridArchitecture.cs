namespace Feedback.Neural.Hybrid;

/// <summary>The size of the hybrid codec; stands in the recipe and on the model's card.</summary>
public sealed record HybridArchitecture : INetworkArchitecture, INetworkCost
{
    /// <inheritdoc/>
    public int Delays { get; init; } = 32;

    /// <inheritdoc/>
    public int Antennas { get; init; } = 32;

    /// <summary>Linear predictors of a bin from those coded before it, at least 1.</summary>
    public int Predictors { get; init; } = 6;

    /// <summary>Width of the hidden layers of the prior, at least 1.</summary>
    public int Hidden { get; init; } = 48;

    /// <summary>Channels of the refinement, a multiple of 2.</summary>
    public int Channels { get; init; } = 16;

    /// <summary>Blocks of the refinement, at least 1.</summary>
    public int Blocks { get; init; } = 2;

    /// <inheritdoc/>
    public long TerminalOperations => Bins * PriorOperations;

    /// <inheritdoc/>
    public long BaseStationOperations =>
        Bins * (PriorOperations + Channels * (2 * 35 + 9 * Refinement.Outlooks) + Blocks * Channels * (26 * Channels + 2 * (Delays + Antennas)) + 18 * Channels);

    private long Bins => Delays * Antennas;

    private long PriorOperations => 4 * CausalPlaces.Count * Predictors + Hidden * (LevelPrior.InputsOf(Predictors) + 2 * Hidden + LevelPrior.ExtrasOf(Predictors) + 2 * LevelPrior.OutputsOf(Predictors));

    /// <inheritdoc/>
    public INetworkArchitecture ForAntennas(int antennas) => this with { Antennas = antennas };

    /// <summary>The plug-in.</summary>
    /// <returns>The network of this size.</returns>
    public INetworkKind Kind() => new HybridKind(Validate());

    /// <summary>Checks the ranges.</summary>
    /// <returns>This architecture.</returns>
    public HybridArchitecture Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Delays, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Antennas, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Predictors, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Hidden, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Channels, AxialAttention.Heads);
        ArgumentOutOfRangeException.ThrowIfLessThan(Blocks, 1);
        if (Channels % AxialAttention.Heads != 0)
            throw new ArgumentException($"channels is {Channels}; permitted are multiples of {AxialAttention.Heads}.", nameof(Channels));
        return this;
    }
}
