using Simulator;

namespace Experiments.Planning;

/// <summary>Everything that decides which channels are drawn; points of one group see the same drops.</summary>
public sealed record ChannelGroup
{
    /// <summary>The scenario's name in the YAML file.</summary>
    public required string Scenario { get; init; }

    /// <summary>The resolved channel block, users and grid as one line of JSON with sorted keys: what seeds are derived from.</summary>
    public required string Canonical { get; init; }

    /// <summary>The root seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>U, users of a drop.</summary>
    public required int Users { get; init; }

    /// <summary>R, receive antennas of a user.</summary>
    public int ReceiveAntennas { get; init; } = 1;

    /// <summary>Slots and subcarriers.</summary>
    public required ResourceGrid Grid { get; init; }

    /// <summary>The angular-delay domain of cropped errors.</summary>
    public required AngularDelayTransform Transform { get; init; }

    /// <summary>Builds the channel model.</summary>
    public required Func<IChannelModel> Channel { get; init; }
}
