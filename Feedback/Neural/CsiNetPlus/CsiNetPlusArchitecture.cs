using Feedback.Neural.Codewords;

namespace Feedback.Neural.CsiNetPlus;

/// <summary>The size of a CsiNet+ network; stands in the recipe and on the model's card.</summary>
public sealed record CsiNetPlusArchitecture : INetworkArchitecture, INetworkCost
{
    /// <inheritdoc/>
    public int Delays { get; init; } = 32;

    /// <inheritdoc/>
    public int Antennas { get; init; } = 32;

    /// <summary>M, values of the codeword, 1 … 2·D·A.</summary>
    public int Codeword { get; init; } = 512;

    /// <summary>Slope of the terminal's leaky rectifiers for negative values, 0 … 1; 1 makes the terminal's part linear.</summary>
    public double TerminalSlope { get; init; } = 0.3;

    /// <summary>Number of refinement blocks, at least 1.</summary>
    public int Blocks { get; init; } = 5;

    /// <inheritdoc/>
    public long TerminalOperations => Pixels * 2 * 49 * 4 + Dense;

    /// <inheritdoc/>
    public long BaseStationOperations => Dense + Pixels * (49 * 4 + Blocks * CsiNetPlusBlock.Operations);

    private long Pixels => (long)Delays * Antennas;

    private long Dense => 2 * Pixels * Codeword;

    /// <inheritdoc/>
    public INetworkArchitecture ForAntennas(int antennas) => this with { Antennas = antennas };

    /// <summary>The plug-in.</summary>
    /// <returns>The network of this size.</returns>
    public INetworkKind Kind()
    {
        Validate();
        return new CodewordKind(() => new CsiNetPlusNetwork(this));
    }

    /// <summary>What the codeword is made of.</summary>
    /// <returns>The size.</returns>
    public CodewordSize Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(TerminalSlope);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TerminalSlope, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Blocks, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Blocks, CsiNetPlusNetwork.MostBlocks);
        return new CodewordSize(Delays, Antennas, Codeword).Validate();
    }
}
