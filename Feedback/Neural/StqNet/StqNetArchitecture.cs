using Feedback.Neural.Latents;

namespace Feedback.Neural.StqNet;

/// <summary>The size of the hybrid attention-CNN network; stands in the recipe and on the model's card.</summary>
public sealed record StqNetArchitecture : INetworkArchitecture, INetworkCost
{
    /// <inheritdoc/>
    public int Delays { get; init; } = 32;

    /// <inheritdoc/>
    public int Antennas { get; init; } = 32;

    /// <summary>M, values of the bottleneck, 1 … 2·D·A.</summary>
    public int Codeword { get; init; } = 512;

    /// <summary>Bits of the quantiser's levels, 1 … 6.</summary>
    public int Bits { get; init; } = 2;

    /// <inheritdoc/>
    public long TerminalOperations => Pixels * (2 * 16 + 25 * 16 * 2) + Block + Resampling + Dense;

    /// <inheritdoc/>
    public long BaseStationOperations => Dense + Pixels * (2 * 100 + CrNet.CrBlock.Operations) + 2 * Block + Resampling;

    private long Pixels => (long)Delays * Antennas;

    private long Dense => 2 * Pixels * Codeword;

    private long Resampling => 2 * 64 * Pixels;

    private long Block => SeparableAttention.Operations(Delays, Antennas);

    /// <inheritdoc/>
    public INetworkArchitecture ForAntennas(int antennas) => this with { Antennas = antennas };

    /// <summary>The plug-in.</summary>
    /// <returns>The network of this size.</returns>
    public INetworkKind Kind()
    {
        Validate();
        return new LatentKind(() => new StqNetNetwork(this));
    }

    /// <summary>Checks the ranges.</summary>
    /// <returns>This architecture.</returns>
    public StqNetArchitecture Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Delays, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Antennas, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Codeword, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Codeword, 2 * Delays * Antennas);
        ArgumentOutOfRangeException.ThrowIfLessThan(Bits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Bits, 6);
        if (Delays % SeparableAttention.Window != 0 || Antennas % SeparableAttention.Window != 0)
            throw new ArgumentException($"The network is for {Delays} delay rows and {Antennas} antennas; permitted are multiples of {SeparableAttention.Window}.", nameof(Delays));
        return this;
    }
}
