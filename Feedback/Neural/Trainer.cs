using System.Diagnostics;
using Simulator;
using static TorchSharp.torch;

namespace Feedback.Neural;

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
    }

    /// <summary>Seconds between checkpoints.</summary>
    public double CheckpointPeriod { get; init; } = 60;

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
        var clock = Stopwatch.StartNew();
        var (before, first, saved) = (state.Seconds, state.Step, 0.0);
        var feed = new ChunkFeed(drops, recipe);
        var (loss, count) = (0.0, 0);
        scheme.Network.train();
        try
        {
            while (true)
            {
                var due = state.Step % recipe.ValidateEvery == 0 || state.Step == recipe.Steps;
                if (due && (state.Curve.Count == 0 || state.Curve[^1].Step < state.Step))
                {
                    Validate(state, validation, loss / count);
                    (loss, count) = (0, 0);
                    state.Seconds = before + clock.Elapsed.TotalSeconds;
                    progress?.Report(Describe(state, first, clock.Elapsed.TotalSeconds));
                }
                state.Seconds = before + clock.Elapsed.TotalSeconds;
                var enough = state.Step >= recipe.Steps || cancellation.IsCancellationRequested;
                if (checkpoint is not null && (enough || state.Seconds - saved > CheckpointPeriod))
                {
                    // Written at validation points only, where the mean loss starts anew.
                    if (enough || count == 0)
                    {
                        Save(state, checkpoint);
                        saved = state.Seconds;
                    }
                }
                cancellation.ThrowIfCancellationRequested();
                if (enough)
                    break;
                loss += Step(state, feed);
                count++;
                state.Step++;
                if (state.Step == first + FirstEstimate)
                    progress?.Report(Describe(state, first, clock.Elapsed.TotalSeconds) with { Step = state.Step, Loss = loss / count, ValidationNmse = double.NaN });
            }
        }
        finally
        {
            feed.Dispose();
        }
        state.LoadBest();
        scheme.Network.eval();
        return new TrainingResult(state.BestStep, state.BestNmse, state.Seconds, [.. state.Curve]);
    }

    /// <summary>Mean of ‖G - Ĝ‖²/‖G‖² without quantisation.</summary>
    /// <param name="crops">G, complex64 <c>[n, D, R, A]</c>.</param>
    /// <returns>The mean, linear.</returns>
    public double Nmse(Tensor crops)
    {
        ArgumentNullException.ThrowIfNull(crops);
        using var frozen = no_grad();
        var sum = 0.0;
        for (var first = 0L; first < crops.shape[0]; first += recipe.Batch)
        {
            using var scope = NewDisposeScope();
            var part = crops.narrow(0, first, Math.Min(recipe.Batch, crops.shape[0] - first));
            sum += RelativeErrors(part, scheme.Relax(part, 0).Reconstruction).sum(type: ScalarType.Float64).item<double>();
        }
        return sum / crops.shape[0];
    }

    private double Step(TrainingState state, ChunkFeed feed)
    {
        using var scope = NewDisposeScope();
        var batch = feed.Batch(state.Step);                                          // [n, D, R, A]
        foreach (var (optimizer, _) in state.Optimizers)
        {
            optimizer.zero_grad();
        }
        var rebuilt = scheme.Relax(batch, 0).Reconstruction;
        var loss = recipe.Loss == TrainingLoss.Nmse
            ? RelativeErrors(batch, rebuilt).mean()
            : view_as_real(rebuilt - batch).square().mean() * 2;
        loss.backward();
        if (recipe.GradientClip > 0)
            nn.utils.clip_grad_norm_(state.Parameters, recipe.GradientClip);
        state.SetLearningRate(LearningRateSchedule.At(recipe, state.Step));
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

    private void Validate(TrainingState state, Tensor validation, double loss)
    {
        scheme.Network.eval();
        var nmse = state.WithAverage(() => Nmse(validation));
        scheme.Network.train();
        state.Curve.Add((state.Step, loss, nmse));
        if (nmse < state.BestNmse)
        {
            (state.BestNmse, state.BestStep) = (nmse, state.Step);
            state.KeepBest();
        }
    }

    private TrainingProgress Describe(TrainingState state, int first, double seconds)
    {
        var speed = state.Step > first ? (state.Step - first) / seconds : double.NaN;
        var (step, loss, nmse) = state.Curve[^1];
        return new TrainingProgress(step, recipe.Steps, loss, nmse, state.BestNmse, speed, (recipe.Steps - state.Step) / speed);
    }

    private static Tensor RelativeErrors(Tensor crops, Tensor rebuilt)
    {
        using var scope = NewDisposeScope();
        var error = view_as_real(rebuilt - crops).square().sum([1, 2, 3, 4]);
        var energy = view_as_real(crops).square().sum([1, 2, 3, 4]).clamp(1e-30);
        return (error / energy).MoveToOuterDisposeScope();
    }

    private static void Save(TrainingState state, string checkpoint)
    {
        var temporary = checkpoint + ".part";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            state.Save(stream);
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, checkpoint, overwrite: true);
    }
}
