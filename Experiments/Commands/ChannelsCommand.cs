using System.CommandLine;

namespace Experiments.Commands;

/// <summary><c>sim channels</c>: drops of a channel model in a file, and in figures.</summary>
public static class ChannelsCommand
{
    /// <summary>Builds the command.</summary>
    /// <returns>The command with its two subcommands.</returns>
    public static Command Create() => new("channels", "Draws channels to a file, or describes them by their statistics.")
    {
        ChannelsDrawCommand.Create(),
        ChannelsStatsCommand.Create(),
    };
}
