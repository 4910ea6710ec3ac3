using System.CommandLine;

namespace Experiments.Commands;

/// <summary><c>sim list</c>.</summary>
public static class ListCommand
{
    /// <summary>Builds the command.</summary>
    /// <returns>The command with its arguments and action.</returns>
    public static Command Create()
    {
        var command = new Command("list", "Lists what can be named in an input file.");
        command.SetAction(parsed => CommandLine.Done);
        return command;
    }
}
