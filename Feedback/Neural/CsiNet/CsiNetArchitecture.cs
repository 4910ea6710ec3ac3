using Feedback.Neural.Codewords;

namespace Feedback.Neural.CsiNet;

/// <summary>The size of a CsiNet network; stands in the model card.</summary>
public sealed record CsiNetArchitecture : INetworkArchitecture, INetworkCost
{
    /// <summary>D, delay rows of the crop, at least 1.</summary>
    public int Delays { get; init; } = 32;

    /// <summary>A, transmit antennas, at least 1.</summary>
    public int Antennas { get; init; } = 32;

    /// <summary>M, values of the codeword, 1 … 2·D·A.</summary>
    public int Codeword { get; init; } = 512;

    /// <summary>Slope of the terminal's leaky rectifier for negative values, 0 … 1; 1 makes the terminal's part linear.</summary>
    public double TerminalSlope { get; init; } = 0.3;

    /// <summary>2·D·A, real values of a crop.</summary>
    public int Values => 2 * Delays * Antennas;

    /// <inheritdoc/>
    public long TerminalOperations => Convolution(2, 2) + (long)Values * Codeword;

    /// <inheritdoc/>
    public long BaseStationOperations =>
        (long)Values * Codeword + 2 * (Convolution(2, 8) + Convolution(8, 16) + Convolution(16, 2)) + Convolution(2, 2);

    /// <inheritdoc/>
    public INetworkArchitecture ForAntennas(int antennas) => this with { Antennas = antennas };

    /// <summary>The plug-in.</summary>
    /// <returns>The network of this size.</returns>
    public INetworkKind Kind()
    {
        Validate();
        return new CodewordKind(() => new CsiNetNetwork(this));
    }

    /// <summary>Checks the ranges.</summary>
    /// <returns>This architecture.</returns>
    public CsiNetArchitecture Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Delays, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Antennas, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Codeword, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Codeword, Values);
        ArgumentOutOfRangeException.ThrowIfNegative(TerminalSlope);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TerminalSlope, 1);
        return this;
    }

    private long Convolution(int inputs, int outputs) => 9L * inputs * outputs * Delays * Antennas;
}
