using System.Globalization;
using System.Text.Json;
using Feedback.Fitting;
using Feedback.Models;
using Simulator;

namespace Experiments.Training;

/// <summary>Fits the model of one job: no checkpoints, it takes minutes at most.</summary>
public static class FitRun
{
    /// <summary>Fits.</summary>
    /// <param name="job">What to fit; its <see cref="TrainingJob.Fit"/> is set.</param>
    /// <param name="models">Where the model file is written.</param>
    /// <param name="output">Where progress is written.</param>
    /// <param name="cancellation">Stops without a model.</param>
    /// <returns>The model's card.</returns>
    public static FittedCard Run(TrainingJob job, string models, TextWriter output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(output);
        var card = Fitting(job).Run(models, new Reporter(job.Name, output), cancellation);
        Say(output, $"{job.Name}: written to {Path.Combine(models, job.Name + ".safetensors")}");
        return card;
    }

    /// <summary>Tests the model that is there once more, and writes its card anew.</summary>
    /// <param name="job">What was fitted; its <see cref="TrainingJob.Fit"/> is set.</param>
    /// <param name="models">Where the model lies.</param>
    /// <param name="output">Where progress is written.</param>
    /// <param name="cancellation">Leaves the card as it is.</param>
    /// <returns>The model's card.</returns>
    /// <exception cref="InvalidModelException">There is no such model, or it is damaged, altered or for another scheme.</exception>
    public static FittedCard Test(TrainingJob job, string models, TextWriter output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(output);
        return Fitting(job).Test(models, new Reporter(job.Name, output), cancellation);
    }

    private static ModelFitting Fitting(TrainingJob job)
    {
        var plan = job.Fit ?? throw new ArgumentException("fit is not set.", nameof(job));
        return new ModelFitting
        {
            Name = job.Name,
            Scheme = plan.Scheme,
            Fit = plan.Fit,
            Recipe = plan.Recipe,
            Drops = new TrainingDrops(job.Channel(), job.Grid, new AngularDelayTransform(job.Dimensions.Array, job.Grid.Subcarriers, plan.Recipe.Delays), plan.Recipe.Seed),
            Dimensions = job.Dimensions,
            Channel = JsonDocument.Parse(job.Scenario).RootElement,
            Options = JsonDocument.Parse(plan.Options).RootElement,
        };
    }

    private static void Say(TextWriter output, FormattableString line)
    {
        output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        output.Flush();
    }

    /// <summary>Lines of progress with the model's name in front; written at once, unlike those of <see cref="Progress{T}"/>.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="output">Where they are written.</param>
    internal sealed class Reporter(string name, TextWriter output) : IProgress<string>
    {
        /// <inheritdoc/>
        public void Report(string value) => Say(output, $"{name}: {value}");
    }
}
