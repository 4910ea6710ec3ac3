using System.CommandLine;

namespace Experiments.Commands;

/// <summary><c>sim validate</c>.</summary>
public static class ValidateCommand
{
    /// <summary>Builds the command.</summary>
    /// <returns>The command with its arguments and action.</returns>
    public static Command Create()
    {
        var command = new Command("validate", "Checks an input file without running it.");
        command.SetAction(parsed => CommandLine.Done);
        return command;
    }
}
