using System.CommandLine;
using Experiments.Configuration;
using Experiments.Training;
using Feedback.Models;

namespace Experiments.Commands;

/// <summary><c>sim train</c>: trains the networks and fits the tables that a file of recipes describes.</summary>
public static class TrainCommand
{
    /// <summary>Builds the command.</summary>
    /// <returns>The command with its arguments and action.</returns>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The file of recipes, e.g. training/csinet.yaml." };
        var only = new Option<string[]>("--only") { Description = "Only this model; may be given several times.", HelpName = "NAME" };
        var resume = new Option<bool>("--resume") { Description = "Continue from checkpoints where there are any." };
        var models = new Option<string>("--out") { Description = "Folder of the model files.", HelpName = "DIR", DefaultValueFactory = _ => "models" };
        var runs = new Option<string>("--runs") { Description = "Folder of checkpoints and learning curves.", HelpName = "DIR", DefaultValueFactory = _ => Path.Combine("training", "runs") };
        var command = new Command("train", "Trains what a file of recipes describes, with checkpoints.\n\nExample: sim train training/csinet.yaml --only csinet-indoor-16 --resume") { file, only, resume, models, runs };
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                var jobs = TrainingFile.Read(parsed.GetRequiredValue(file), parsed.GetValue(only) ?? []);
                var output = parsed.InvocationConfiguration.Output;
                var started = jobs.Where(job => job.Fit is null).Select(job => new TrainingRun(job, parsed.GetRequiredValue(runs), output)).ToList();
                started.ForEach(run => run.Check(parsed.GetValue(resume)));
                foreach (var run in started)
                {
                    try
                    {
                        run.Run(parsed.GetRequiredValue(models), cancellation);
                    }
                    catch (InvalidModelException exception)
                    {
                        throw new BadInputException(exception.Message);
                    }
                }
                foreach (var job in jobs.Where(job => job.Fit is not null))
                {
                    FitRun.Run(job, parsed.GetRequiredValue(models), output, cancellation);
                }
                return CommandLine.Done;
            },
            CancellationToken.None));
        return command;
    }
}
