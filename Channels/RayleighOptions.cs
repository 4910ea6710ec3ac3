using Simulator;
using static TorchSharp.torch;

namespace Channels;

/// <summary>What an independent Rayleigh channel is made of.</summary>
public sealed record RayleighOptions
{
    /// <summary>U, users of a drop, at least 1.</summary>
    public int Users { get; init; } = 1;

    /// <summary>R, receive antennas of a user, at least 1.</summary>
    public int ReceiveAntennas { get; init; } = 1;

    /// <summary>The transmit array.</summary>
    public AntennaArray Array { get; init; } = new(32);

    /// <summary>How each drop is scaled.</summary>
    public Normalisation Normalisation { get; init; } = Normalisation.Drop;

    /// <summary>Where the drops are to lie; where nothing is said, where the random numbers are.</summary>
    public Device? Device { get; init; }
}
