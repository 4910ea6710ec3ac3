using System.CommandLine;

namespace Experiments.Commands;

/// <summary><c>sim plan</c>.</summary>
public static class PlanCommand
{
    /// <summary>Builds the command.</summary>
    /// <returns>The command with its arguments and action.</returns>
    public static Command Create()
    {
        var command = new Command("plan", "Shows the numbered points of an input file.");
        command.SetAction(parsed => CommandLine.Done);
        return command;
    }
}
