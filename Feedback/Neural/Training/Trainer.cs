using System.Diagnostics;
using Feedback.Models;
using Simulator;
using static TorchSharp.torch;

namespace Feedback.Neural.Training;

/// <summary>Trains the network of a scheme on drops of a channel model.</summary>
/// <remarks>
/// Which drops a step sees follows from its number alone, so a training continued from a checkpoint ends with the same weights
/// as one that was never interrupted. The next chunk of drops is drawn in the background.
/// </remarks>
public sealed class Trainer
{
    // After so many steps the speed is known well enough for a first estimate.
    private const int FirstEstimate = 10;
    private readonly ITrainableFeedbackScheme scheme;
    private readonly TrainingRecipe recipe;
    private readonly TrainingDrops drops;
    private readonly RateDistortion objective;

    /// <summary>Creates a trainer.</summary>
    /// <param name="scheme">The scheme; its network is trained in place.</param>
    /// <param name="recipe">How.</param>
    /// <param name="drops">On what.</param>
    public Trainer(ITrainableFeedbackScheme scheme, TrainingRecipe recipe, TrainingDrops drops)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(drops);
        (this.scheme, this.recipe, this.drops) = (scheme, recipe.Validate(), drops);
        objective = new RateDistortion(scheme, recipe);
    }

    /// <summary>Seconds between checkpoints.</summary>
    public double CheckpointPeriod { get; init; } = 60;

    /// <summary>Seconds after which this run ends in a checkpoint.</summary>
    public double LegSeconds { get; init; } = double.PositiveInfinity;

    /// <summary>Whether that last checkpoint is small and a warm restart, instead of exact.</summary>
    public bool Compact { get; init; }

    private int StepsPerPass => recipe.ChunkDrops / recipe.Batch;

    /// <summary>Steps for which one chunk of drops lasts.</summary>
    public int StepsPerChunk => StepsPerPass * recipe.Passes;

    /// <summary>Trains to the end; the network is left with the weights that were best on the validation drops.</summary>
    /// <param name="checkpoint">Where to write checkpoints, or null; an existing file is continued.</param>
    /// <param name="progress">Told the expected time after ten steps, then after every validation; or null.</param>
    /// <param name="cancellation">Stops after the current step, a checkpoint being written first.</param>
    /// <returns>What was reached.</returns>
    public TrainingResult Run(string? checkpoint, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var state = new TrainingState(scheme.Network, recipe);
        if (checkpoint is not null && File.Exists(checkpoint))
            state.Restore(checkpoint);
        var validation = drops.Draw("validation", 0, recipe.ValidationDrops);        // [n, D, R, A]
        var estimates = Measured(validation, "validation-error");
        var clock = Stopwatch.StartNew();
        var (before, first, saved, started) = (state.Seconds, state.Step, 0.0, 0.0);
        using var feed = new ChunkFeed(drops, recipe);
        scheme.Network.train();
        while (true)
        {
            var due = state.Step % recipe.ValidateEvery == 0 || state.Step == recipe.Steps;
            if (due && (state.Curve.Count == 0 || state.Curve[^1].Step < state.Step))
            {
                Validate(state, validation, estimates);
                progress?.Report(Describe(state, first, clock.Elapsed.TotalSeconds - started, state.Curve[^1]));
            }
            var elapsed = clock.Elapsed.TotalSeconds;
            state.Seconds = before + elapsed;
            var finished = state.Step >= recipe.Steps;
            var enough = finished || elapsed >= LegSeconds || cancellation.IsCancellationRequested;
            if (checkpoint is not null && (enough || elapsed - saved > CheckpointPeriod))
            {
                Save(state, checkpoint, Compact && enough && !finished);
                saved = elapsed;
            }
            cancellation.ThrowIfCancellationRequested();
            if (enough)
                break;
            state.Add(Step(state, feed));
            if (state.Step == first + 1)
                started = clock.Elapsed.TotalSeconds;
            if (state.Step == first + FirstEstimate)
                progress?.Report(Describe(state, first, clock.Elapsed.TotalSeconds - started, new TrainingPoint(state.Step, state.MeanLoss, double.NaN, double.NaN, double.NaN)));
        }
        state.LoadBest();
        scheme.Network.eval();
        return new TrainingResult(state.Step >= recipe.Steps, state.Best, state.Seconds, [.. state.Curve]);
    }

    /// <summary>Mean of ‖G - Ĝ‖²/‖G‖² as the relaxed scheme has it at its coarsest rate, from estimates as training has them.</summary>
    /// <param name="crops">G, complex64 <c>[n, D, R, A]</c>.</param>
    /// <returns>The mean, linear.</returns>
    public double Nmse(Tensor crops)
    {
        ArgumentNullException.ThrowIfNull(crops);
        using var scope = NewDisposeScope();
        return objective.Evaluate(crops, Measured(crops, "test-error"), 0).Nmse;
    }

    /// <summary>Estimates of crops as training has them.</summary>
    /// <param name="crops">G, complex64 <c>[n, D, R, A]</c>.</param>
    /// <param name="purpose">What they are for; each purpose has errors of its own.</param>
    /// <returns>The estimates, complex64 <c>[n, D, R, A]</c>, or the crops themselves if training knows channels perfectly.</returns>
    public Tensor Measured(Tensor crops, string purpose)
    {
        using var random = drops.GeneratorOf(purpose, 0);
        return Measured(crops, random);
    }

    private double Step(TrainingState state, ChunkFeed feed)
    {
        using var scope = NewDisposeScope();
        using var random = drops.GeneratorOf("step", state.Step);
        var batch = feed.Batch(state.Step);                                          // [n, D, R, A]
        foreach (var (optimizer, _) in state.Optimizers)
        {
            optimizer.zero_grad();
        }
        var loss = objective.Loss(batch, Measured(batch, random), random);
        loss.backward();
        if (recipe.GradientClip > 0)
            nn.utils.clip_grad_norm_(state.Parameters, recipe.GradientClip);
        state.SetLearningRate(LearningRateSchedule.At(recipe, state.Step, state.Restarted));
        foreach (var (optimizer, _) in state.Optimizers)
        {
            optimizer.step();
        }
        state.Average(recipe.Averaging);
        var value = loss.item<float>();
        return float.IsFinite(value)
            ? value
            : throw new InvalidOperationException($"The loss of step {state.Step} is {value}; a smaller learning rate or gradient clip helps.");
    }

    private Tensor Measured(Tensor crops, Generator random) =>
        recipe.EstimateSnrDecibels is { } snr ? drops.Measure(crops, snr, recipe.EstimateSnrRangeDecibels, random) : crops;

    private void Validate(TrainingState state, Tensor validation, Tensor estimates)
    {
        scheme.Network.eval();
        state.Add(state.WithAverage(() => objective.Evaluate(validation, estimates, state.Step, state.MeanLoss)));
        scheme.Network.train();
    }

    private TrainingProgress Describe(TrainingState state, int first, double seconds, TrainingPoint point)
    {
        // Of the steps behind the first one, which waited for drops.
        var speed = state.Step > first + 1 ? (state.Step - first - 1) / seconds : double.NaN;
        return new TrainingProgress(point, recipe.Steps, state.Best, speed, (recipe.Steps - state.Step) / speed, double.IsNaN(point.Nmse));
    }

    private static void Save(TrainingState state, string checkpoint, bool compact)
    {
        var temporary = checkpoint + ".part";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            if (compact)
                state.SaveCompact(stream);
            else
                state.Save(stream);
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, checkpoint, overwrite: true);
    }
}
