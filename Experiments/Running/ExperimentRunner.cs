using Experiments.Planning;

namespace Experiments.Running;

/// <summary>Computes whatever blocks of an experiment are missing, on several workers.</summary>
/// <remarks>
/// The unit of work is one channel group on one block of drops. Units are numbered by block, then group; of several tasks, task i of n
/// does the units whose number is i - 1 modulo n. Results do not depend on who computes what.
/// </remarks>
public sealed class ExperimentRunner
{
    private readonly ExperimentPlan plan;
    private readonly ResultFolder folder;
    private readonly BlockRunner blocks;
    private readonly IRunProgress progress;

    /// <summary>Creates a runner.</summary>
    /// <param name="plan">What to compute.</param>
    /// <param name="folder">Where finished blocks are kept.</param>
    /// <param name="blocks">How a block is computed.</param>
    /// <param name="progress">Who is told.</param>
    public ExperimentRunner(ExperimentPlan plan, ResultFolder folder, BlockRunner blocks, IRunProgress progress)
    {
        this.plan = plan;
        this.folder = folder;
        this.blocks = blocks;
        this.progress = progress;
    }

    /// <summary>Computes the missing blocks.</summary>
    /// <param name="workers">Number of worker threads, at least 1.</param>
    /// <param name="task">Which share, 1 … of.</param>
    /// <param name="of">Number of shares, at least 1.</param>
    /// <param name="cancellation">Ends the work after the points in hand.</param>
    public void Run(int workers, int task, int of, CancellationToken cancellation)
    {
        var mine = Units().Where((_, index) => index % of == task - 1).ToList();
        var missing = new Queue<(int Block, List<PlannedPoint> Points)>();
        foreach (var (block, points) in mine)
        {
            var left = points.Where(point => !folder.Has(point, block)).ToList();
            left.ForEach(folder.ClearError);
            if (left.Count > 0)
            {
                missing.Enqueue((block, left));
            }
        }
        progress.Begin(plan, missing.Sum(unit => unit.Points.Count), mine.Sum(unit => unit.Points.Count));
        var failures = new FailureList(folder, progress);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var threads = Enumerable.Range(0, workers)
            .Select(_ => new Worker(() => Work(missing, failures, stop.Token), stop.Cancel))
            .ToList();
        threads.ForEach(worker => worker.Start());
        threads.ForEach(worker => worker.Join());
        threads.ForEach(worker => worker.ThrowIfFailed());
    }

    private IEnumerable<(int Block, List<PlannedPoint> Points)> Units()
    {
        var groups = plan.Points.GroupBy(point => point.Group.Canonical).Select(group => group.ToList()).ToList();
        return from block in Enumerable.Range(0, plan.BlockCount) from points in groups select (block, points);
    }

    private void Work(
        Queue<(int Block, List<PlannedPoint> Points)> missing, FailureList failures, CancellationToken cancellation)
    {
        TorchSharp.torch.set_num_threads(1);
        while (!cancellation.IsCancellationRequested)
        {
            (int Block, List<PlannedPoint> Points) unit;
            lock (missing)
            {
                if (!missing.TryDequeue(out unit))
                {
                    return;
                }
            }
            var points = unit.Points.Where(point => !failures.Contains(point)).ToList();
            if (points.Count > 0)
            {
                RunUnit(points, unit.Block, failures, cancellation);
            }
        }
    }

    private void RunUnit(List<PlannedPoint> points, int block, FailureList failures, CancellationToken cancellation)
    {
        void Done(PlannedPoint point, BlockResult result)
        {
            folder.Write(point, result);
            progress.Finish(point, result);
        }

        try
        {
            blocks.Run(points, block, plan.BlockSize, Done, failures.Add, cancellation);
        }
        catch (OperationCanceledException)
        {
            // Everything finished so far is kept.
        }
        catch (Exception error) when (error is not (IOException or UnauthorizedAccessException))
        {
            // The channel itself failed, so every point that shares it does.
            points.ForEach(point => failures.Add(point, error));
        }
    }
}
