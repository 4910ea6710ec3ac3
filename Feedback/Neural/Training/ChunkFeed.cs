using Feedback.Models;
using static TorchSharp.torch;

namespace Feedback.Neural.Training;

/// <summary>Hands out the batch of every training step and draws the next chunk of drops meanwhile.</summary>
internal sealed class ChunkFeed : IDisposable
{
    private readonly TrainingDrops drops;
    private readonly TrainingRecipe recipe;
    private int chunkIndex = -1;
    private int passIndex = -1;
    private Tensor? chunk;
    private Tensor? order;
    private Task<Tensor>? next;

    public ChunkFeed(TrainingDrops drops, TrainingRecipe recipe) => (this.drops, this.recipe) = (drops, recipe);

    private int StepsPerPass => recipe.ChunkDrops / recipe.Batch;

    private int LastChunk => (recipe.Steps - 1) / StepsPerPass / recipe.Passes;

    /// <summary>The drops of a step, owned by the caller's scope, which should end with the step; steps are asked for in order.</summary>
    public Tensor Batch(int step)
    {
        var pass = step / StepsPerPass;
        if (pass / recipe.Passes != chunkIndex)
            Fetch(pass / recipe.Passes);
        if (pass != passIndex)
            Shuffle(pass);
        using var rows = order!.narrow(0, (long)(step % StepsPerPass) * recipe.Batch, recipe.Batch);
        return chunk!.index_select(0, rows);
    }

    public void Dispose()
    {
        order?.Dispose();
        chunk?.Dispose();
        next?.GetAwaiter().GetResult().Dispose();
    }

    private void Fetch(int wanted)
    {
        chunk?.Dispose();
        chunk = wanted == chunkIndex + 1 && next is not null ? next.GetAwaiter().GetResult() : Draw(wanted);
        chunk.DetachFromDisposeScope();
        chunkIndex = wanted;
        // A thread of its own, one at a time: threads of the pool would each keep the memory of a chunk.
        next = wanted < LastChunk
            ? Task.Factory.StartNew(() => Draw(wanted + 1), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            : null;
    }

    private Tensor Draw(int index) => drops.Draw("training", index, recipe.ChunkDrops, recipe.EnergyRangeDecibels);

    private void Shuffle(int pass)
    {
        order?.Dispose();
        using var scope = NewDisposeScope();
        using var random = drops.GeneratorOf("order", pass);
        var rows = chunk!.shape[0];
        order = rand([Math.Max(16, rows)], dtype: ScalarType.Float64, generator: random).narrow(0, 0, rows).argsort().DetachFromDisposeScope();
        passIndex = pass;
    }
}
