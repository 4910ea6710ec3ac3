using System.Globalization;
using System.Text.Json;
using Feedback.Neural;
using Feedback.Transform;
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
        var recipe = job.Fit ?? throw new ArgumentException("fit is not set.", nameof(job));
        Say(output, $"{job.Name}: drawing {recipe.Drops} drops to fit to and {recipe.TestDrops} to test");
        var card = new TransformTraining
        {
            Name = job.Name,
            Recipe = recipe,
            Drops = new TrainingDrops(job.Channel(), job.Grid, new AngularDelayTransform(job.Dimensions.Array, job.Grid.Subcarriers, recipe.Delays), recipe.Seed),
            Channel = JsonDocument.Parse(job.Scenario).RootElement,
        }.Run(models, cancellation);
        for (var step = 0; card.Figures.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"step-{step}-bits"), out var bits); step++)
        {
            Say(output, $"{job.Name}: step {step}  {bits:F1} bits  {card.Figures[string.Create(CultureInfo.InvariantCulture, $"step-{step}-nmse-crop")]:F2} dB");
        }
        Say(output, $"{job.Name}: written to {Path.Combine(models, job.Name + ".safetensors")}");
        return card;
    }

    private static void Say(TextWriter output, FormattableString line)
    {
        output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        output.Flush();
    }
}
