using System.CommandLine;
using Experiments.Configuration;
using Experiments.Planning;
using Experiments.Training;

namespace Experiments.Commands;

/// <summary><c>sim validate</c>: everything that is wrong with an input file or a file of training recipes at once.</summary>
public static class ValidateCommand
{
    /// <summary>Builds the command.</summary>
    /// <returns>The command with its arguments and action.</returns>
    public static Command Create()
    {
        var input = new InputArguments();
        var command = new Command("validate", "Checks an input file, or a file of training recipes, without running it and lists everything that is wrong.\n\nExample: sim validate experiments.yaml");
        input.AddTo(command);
        command.SetAction(parsed =>
        {
            var file = input.FileOf(parsed);
            var found = TrainingFile.Is(file) ? Models(file, input.Overrides(parsed)) : Experiments(input.Read(parsed));
            parsed.InvocationConfiguration.Output.WriteLine($"{file}: {found}, valid");
            return CommandLine.Done;
        });
        return command;
    }

    private static string Experiments(IReadOnlyList<ExperimentPlan> plans) =>
        $"{Count(plans.Count, "experiment")}, {Count(plans.Sum(plan => plan.Points.Count), "point")}";

    private static string Models(string file, InputOverrides overrides) => overrides.Set.Count == 0 && overrides.Drops is null
        ? Count(TrainingFile.Read(file, overrides.Only).Count, "model")
        : throw new BadInputException($"{file} describes the training of models; --set and --drops are for experiments.");

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";
}
