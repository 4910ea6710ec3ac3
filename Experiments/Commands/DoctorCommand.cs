using System.CommandLine;

namespace Experiments.Commands;

/// <summary><c>sim doctor</c>.</summary>
public static class DoctorCommand
{
    /// <summary>Builds the command.</summary>
    /// <returns>The command with its arguments and action.</returns>
    public static Command Create()
    {
        var command = new Command("doctor", "Checks this machine.");
        command.SetAction(parsed => CommandLine.Done);
        return command;
    }
}
