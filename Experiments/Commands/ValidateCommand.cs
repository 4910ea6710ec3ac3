using System.CommandLine;

namespace Experiments.Commands;

/// <summary><c>sim validate</c>: everything that is wrong with an input file at once.</summary>
public static class ValidateCommand
{
    /// <summary>Builds the command.</summary>
    /// <returns>The command with its arguments and action.</returns>
    public static Command Create()
    {
        var input = new InputArguments();
        var command = new Command("validate", "Checks an input file without running it and lists everything that is wrong.\n\nExample: sim validate experiments.yaml");
        input.AddTo(command);
        command.SetAction(parsed =>
        {
            var plans = input.Read(parsed);
            var points = plans.Sum(plan => plan.Points.Count);
            parsed.InvocationConfiguration.Output.WriteLine($"{input.FileOf(parsed)}: {Count(plans.Count, "experiment")}, {Count(points, "point")}, valid");
            return CommandLine.Done;
        });
        return command;
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";
}
