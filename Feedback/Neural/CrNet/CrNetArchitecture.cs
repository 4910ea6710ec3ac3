using Feedback.Neural.Codewords;

namespace Feedback.Neural.CrNet;

/// <summary>The size of a CRNet network; stands in the recipe and on the model's card.</summary>
public sealed record CrNetArchitecture : INetworkArchitecture, INetworkCost
{
    /// <inheritdoc/>
    public int Delays { get; init; } = 32;

    /// <inheritdoc/>
    public int Antennas { get; init; } = 32;

    /// <summary>M, values of the codeword, 1 … 2·D·A.</summary>
    public int Codeword { get; init; } = 512;

    /// <summary>Slope for negative values, 0 … 1, of the rectifiers that every value passes: the terminal's and those behind sums; 1 leaves them out.</summary>
    public double PathSlope { get; init; } = 0.3;

    /// <inheritdoc/>
    public long TerminalOperations => Pixels * (3 * 36 + 36 + 8) + Dense;

    /// <inheritdoc/>
    public long BaseStationOperations => Dense + Pixels * (100 + 2 * CrBlock.Operations);

    private long Pixels => (long)Delays * Antennas;

    private long Dense => 2 * Pixels * Codeword;

    /// <inheritdoc/>
    public INetworkArchitecture ForAntennas(int antennas) => this with { Antennas = antennas };

    /// <summary>The plug-in.</summary>
    /// <returns>The network of this size.</returns>
    public INetworkKind Kind()
    {
        Validate();
        return new CodewordKind(() => new CrNetNetwork(this));
    }

    /// <summary>What the codeword is made of.</summary>
    /// <returns>The size.</returns>
    public CodewordSize Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(PathSlope);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PathSlope, 1);
        return new CodewordSize(Delays, Antennas, Codeword).Validate();
    }
}
