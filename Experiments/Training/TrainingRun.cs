using System.Globalization;
using System.Text;
using System.Text.Json;
using Experiments.Configuration;
using Experiments.Running;
using Feedback.Models;
using Feedback.Neural;
using Feedback.Neural.Training;
using Simulator;

namespace Experiments.Training;

/// <summary>Trains the model of one job: checkpoints, progress lines, model file, learning curve.</summary>
public sealed class TrainingRun
{
    private readonly TrainingJob job;
    private readonly string folder;
    private readonly TextWriter output;

    /// <summary>Creates a run.</summary>
    /// <param name="job">What to train.</param>
    /// <param name="folder">Where checkpoints and learning curves are kept.</param>
    /// <param name="output">Where progress is written.</param>
    public TrainingRun(TrainingJob job, string folder, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(output);
        (this.job, this.folder, this.output) = (job, folder, output);
    }

    private string Checkpoint => Path.Combine(folder, job.Name + ".checkpoint");

    private string Note => Path.Combine(folder, job.Name + ".recipe.json");

    /// <summary>Refuses a checkpoint that would be overwritten or that belongs to another recipe.</summary>
    /// <param name="resume">Whether the user wants to continue.</param>
    /// <exception cref="BadInputException">With the remedy.</exception>
    public void Check(bool resume)
    {
        if (!File.Exists(Checkpoint))
        {
            return;
        }
        if (!resume)
        {
            throw new BadInputException($"'{Checkpoint}' is the checkpoint of an unfinished training of '{job.Name}'; continue it with --resume, or delete it to begin anew.");
        }
        if (!File.Exists(Note) || File.ReadAllText(Note) != job.Canonical)
        {
            throw new BadInputException($"'{Checkpoint}' belongs to another recipe of '{job.Name}' ('{Note}' has it); train with that recipe, or delete the checkpoint to begin anew.");
        }
    }

    /// <summary>Seconds after which the run ends in a checkpoint.</summary>
    public double LegSeconds { get; init; } = double.PositiveInfinity;

    /// <summary>Whether that checkpoint is small and a warm restart, instead of exact.</summary>
    public bool Compact { get; init; }

    /// <summary>Trains.</summary>
    /// <param name="models">Where the model file is written.</param>
    /// <param name="cancellation">Stops with a checkpoint.</param>
    /// <returns>The model's card, or null if the leg ended first.</returns>
    public ModelCard? Run(string models, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.Write(Note, stream => stream.Write(Encoding.UTF8.GetBytes(job.Canonical)));
        Say($"{job.Name}: {job.Recipe.Steps} steps of {job.Recipe.Batch} drops; drawing the first drops");
        var (card, result) = Training().Run(models, Checkpoint, new Reporter(this), cancellation);
        AtomicFile.Write(Path.Combine(folder, job.Name + ".svg"), stream => LearningCurve.Draw(job.Name, result.Curve, stream));
        if (card is null)
        {
            Say($"{job.Name}: the leg ends behind the validation of step {result.Curve[^1].Step} of {job.Recipe.Steps}; '{Checkpoint}' has it, and --resume continues");
            return null;
        }
        File.Delete(Checkpoint);
        File.Delete(Note);
        Tell(card);
        Say($"{job.Name}: written to {Path.Combine(models, job.Name + ".safetensors")}");
        return card;
    }

    /// <summary>Tests the model that is there once more, and writes its card anew.</summary>
    /// <param name="models">Where the model lies.</param>
    /// <param name="cancellation">Leaves the card as it is.</param>
    /// <returns>The model's card.</returns>
    /// <exception cref="InvalidModelException">There is no such model, or it is damaged, altered or for another scheme.</exception>
    public ModelCard Test(string models, CancellationToken cancellation)
    {
        Say($"{job.Name}: testing on {job.Recipe.TestDrops} drops");
        var card = Training().Test(models, new FitRun.Reporter(job.Name, output), cancellation);
        Tell(card);
        return card;
    }

    private NetworkTraining Training()
    {
        var plan = job.Network ?? throw new InvalidOperationException($"'{job.Name}' has no network.");
        var transform = new AngularDelayTransform(job.Dimensions.Array, job.Grid.Subcarriers, plan.Architecture.Delays);
        return new NetworkTraining
        {
            Name = job.Name,
            Plan = plan,
            Recipe = job.Recipe,
            Drops = new TrainingDrops(job.Channel(), job.Grid, transform, job.Recipe.Seed, job.Recipe.Align),
            Dimensions = job.Dimensions,
            Channel = JsonDocument.Parse(job.Scenario).RootElement,
            LegSeconds = LegSeconds,
            Compact = Compact,
        };
    }

    private void Tell(ModelCard card)
    {
        foreach (var (name, value) in card.Figures)
        {
            Say($"{job.Name}: {name} {value:F2}");
        }
    }

    private void Say(FormattableString line)
    {
        output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        output.Flush();
    }

    // Reports come from the training thread and are written at once, unlike those of Progress<T>.
    private sealed class Reporter(TrainingRun run) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            var point = value.Point;
            if (value.IsEstimate)
            {
                run.Say($"{run.job.Name}: expected time {TimeSpan.FromSeconds(value.SecondsLeft):h\\:mm\\:ss} at {value.StepsPerSecond:F2} steps/s");
                return;
            }
            var loss = double.IsFinite(point.Loss) ? string.Create(CultureInfo.InvariantCulture, $"  loss {point.Loss:F5}") : "";
            var speed = double.IsFinite(value.SecondsLeft)
                ? string.Create(CultureInfo.InvariantCulture, $"{value.StepsPerSecond:F2} steps/s  {TimeSpan.FromSeconds(value.SecondsLeft):h\\:mm\\:ss} left")
                : "time left not known yet";
            var bits = run.job.Recipe.Lambda > 0 ? string.Create(CultureInfo.InvariantCulture, $"  {point.Bits:F1} bits  objective {10 * Math.Log10(point.Objective):F2}") : "";
            run.Say($"{run.job.Name}: step {point.Step}/{value.Steps}{loss}  validation {10 * Math.Log10(point.Nmse):F2} dB (best {10 * Math.Log10(value.Best.Nmse):F2}){bits}  {speed}");
        }
    }
}
