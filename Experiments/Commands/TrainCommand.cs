using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
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
        var minutes = new Option<double>("--minutes") { Description = "End after so long in a checkpoint, which --resume continues.", HelpName = "N", DefaultValueFactory = _ => double.PositiveInfinity };
        var compact = new Option<bool>("--compact") { Description = "Make that checkpoint small enough to pass on: weights only, and a warm restart." };
        var test = new Option<bool>("--test") { Description = "Train nothing; test the models that are there once more and write their cards anew." };
        var command = new Command("train", "Trains what a file of recipes describes, with checkpoints.\n\nExample: sim train training/csinet.yaml --only csinet-indoor-16 --resume") { file, only, resume, models, runs, minutes, compact, test };
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                var jobs = TrainingFile.Read(parsed.GetRequiredValue(file), parsed.GetValue(only) ?? []);
                var output = parsed.InvocationConfiguration.Output;
                var clock = Stopwatch.StartNew();
                var seconds = 60 * parsed.GetRequiredValue(minutes);
                if (!(seconds > 0))
                {
                    throw new BadInputException($"--minutes is {(seconds / 60).ToString(CultureInfo.InvariantCulture)}; permitted is a number above 0.");
                }
                if (parsed.GetValue(test))
                {
                    Test(jobs, parsed.GetRequiredValue(models), output, cancellation);
                    return CommandLine.Done;
                }
                var trained = jobs.Where(job => job.Fit is null).ToList();
                trained.ForEach(job => new TrainingRun(job, parsed.GetRequiredValue(runs), output).Check(parsed.GetValue(resume)));
                foreach (var job in trained)
                {
                    var left = seconds - clock.Elapsed.TotalSeconds;
                    if (left <= 0 && job != trained[0])
                    {
                        output.WriteLine($"{job.Name}: not begun in this leg; --resume does");
                        continue;
                    }
                    try
                    {
                        var run = new TrainingRun(job, parsed.GetRequiredValue(runs), output) { LegSeconds = left, Compact = parsed.GetValue(compact) };
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
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(test) && (parsed.GetValue(resume) || parsed.GetValue(compact) || parsed.GetResult(minutes) is { Implicit: false }))
            {
                parsed.AddError("--test trains nothing, so --resume, --minutes and --compact have no place beside it.");
            }
        });
        return command;
    }

    private static void Test(IReadOnlyList<TrainingJob> jobs, string models, TextWriter output, CancellationToken cancellation)
    {
        try
        {
            foreach (var job in jobs)
            {
                if (job.Fit is null)
                {
                    new TrainingRun(job, models, output).Test(models, cancellation);
                }
                else
                {
                    FitRun.Test(job, models, output, cancellation);
                }
            }
        }
        catch (InvalidModelException exception)
        {
            throw new BadInputException(exception.Message);
        }
    }
}
