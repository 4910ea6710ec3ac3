using Feedback.Neural.Latents;

namespace Feedback.Neural.DeepCmc;

/// <summary>The size of the fully convolutional codec; stands in the recipe and on the model's card.</summary>
public sealed record DeepCmcArchitecture : INetworkArchitecture, INetworkCost
{
    /// <summary>Crop values to a latent row or column.</summary>
    internal const int Stride = 4;

    /// <inheritdoc/>
    public int Delays { get; init; } = 32;

    /// <inheritdoc/>
    public int Antennas { get; init; } = 32;

    /// <summary>Channels of the layers within, at least 1.</summary>
    public int Channels { get; init; } = 32;

    /// <summary>Latent channels, at least 1; each has D/4 x A/4 values.</summary>
    public int LatentChannels { get; init; } = 16;

    /// <summary>Rates of the network, 1 … 16, each with gains of its own for half the λ of the one before.</summary>
    public int Rates { get; init; } = 1;

    /// <inheritdoc/>
    public long TerminalOperations => 4 * Places * 81 * 2 * Channels + Places * 25 * Channels * Channels + Places * 25 * Channels * LatentChannels;

    /// <inheritdoc/>
    public long BaseStationOperations =>
        Places * 25 * LatentChannels * Channels + 4 * Places * 25 * Channels * Channels
        + Places * 16 * Channels * Channels + 4 * Places * 16 * Channels * 2 + 16 * Places * 81 * 2 * 2;

    /// <summary>Values of a latent channel.</summary>
    internal int Places => Delays / Stride * (Antennas / Stride);

    /// <inheritdoc/>
    public INetworkArchitecture ForAntennas(int antennas) => this with { Antennas = antennas };

    /// <summary>The plug-in.</summary>
    /// <returns>The network of this size.</returns>
    public INetworkKind Kind()
    {
        Validate();
        return new LatentKind(() => new DeepCmcNetwork(this));
    }

    /// <summary>Checks the ranges.</summary>
    /// <returns>This architecture.</returns>
    public DeepCmcArchitecture Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Delays, Stride);
        ArgumentOutOfRangeException.ThrowIfLessThan(Antennas, Stride);
        ArgumentOutOfRangeException.ThrowIfLessThan(Channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(LatentChannels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Rates, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Rates, 16);
        if (Delays % Stride != 0 || Antennas % Stride != 0)
            throw new ArgumentException($"The network is for {Delays} delay rows and {Antennas} antennas; permitted are multiples of {Stride}.", nameof(Delays));
        return this;
    }
}
