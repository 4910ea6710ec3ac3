using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.Configuration;
using Experiments.Planning;
using Experiments.Reporting;
using Simulator;

namespace Experiments.Running;

/// <summary>One experiment in its results folder: opens it, computes what is missing, writes the results.</summary>
public sealed class ExperimentSession : IDisposable
{
    private const string ManifestName = "manifest.json";
    private readonly ExperimentPlan plan;
    private readonly Manifest manifest;
    private readonly ResultFolder folder;
    private readonly FolderLock folderLock;

    /// <summary>Opens the folder.</summary>
    /// <param name="plan">What to compute.</param>
    /// <param name="manifest">How it is computed.</param>
    /// <param name="path">The experiment's folder.</param>
    /// <param name="task">Which share, 1 … of.</param>
    /// <param name="of">Number of shares.</param>
    /// <exception cref="BadInputException">The folder cannot be written, is in use, or holds results of another input.</exception>
    public ExperimentSession(ExperimentPlan plan, Manifest manifest, string path, int task, int of)
    {
        this.plan = plan;
        this.manifest = manifest;
        try
        {
            folder = new ResultFolder(path);
            folderLock = new FolderLock(path, task, of);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path}: results cannot be written there ({error.Message}); choose another folder with --out.");
        }
        try
        {
            RefuseOtherInput();
            if (of == 1)
            {
                folder.RemoveLeftovers();
            }
            WriteManifest();
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>Computes the missing blocks of this share.</summary>
    /// <param name="blocks">How a block is computed.</param>
    /// <param name="progress">Who is told.</param>
    /// <param name="workers">Number of worker threads.</param>
    /// <param name="task">Which share, 1 … of.</param>
    /// <param name="of">Number of shares.</param>
    /// <param name="cancellation">Ends the work after the points in hand.</param>
    public void Run(BlockRunner blocks, IRunProgress progress, int workers, int task, int of, CancellationToken cancellation) =>
        new ExperimentRunner(plan, folder, blocks, progress).Run(workers, task, of, cancellation);

    /// <summary>Averages what is there and writes the result files, if no block is missing but of points that failed.</summary>
    /// <param name="metrics">The metrics by catalogue name.</param>
    /// <returns>The report; null while other tasks still have blocks to compute.</returns>
    public ExperimentReport? Conclude(IReadOnlyDictionary<string, IMetric> metrics)
    {
        var statistics = new PointStatistics(metrics);
        var (rows, timings) = (new List<PointResult>(), new List<PointTiming>());
        foreach (var point in plan.Points)
        {
            if (folder.ReadError(point) is { Length: > 0 } error)
            {
                rows.Add(PointStatistics.Failed(plan.Name, point, error));
                continue;
            }
            if (Enumerable.Range(0, plan.BlockCount).Any(block => !folder.Has(point, block)))
            {
                return null;
            }
            var blocks = Enumerable.Range(0, plan.BlockCount).Select(block => folder.Read(point, block)).ToList();
            rows.Add(statistics.Summarise(plan.Name, point, blocks, plan.Drops));
            timings.Add(new PointTiming(rows[^1], blocks.Sum(block => block.Seconds)));
        }
        var report = new ExperimentReport
        {
            Name = plan.Name,
            Points = rows,
            Manifest = manifest,
            Timings = timings,
            ReferenceLines = plan.ReferenceLines ? new ReferenceLines().Of(plan) : [],
        };
        ReportFolder.Write(report, folder.Path);
        return report;
    }

    /// <inheritdoc/>
    public void Dispose() => folderLock.Dispose();

    private void RefuseOtherInput()
    {
        var path = Path.Combine(folder.Path, ManifestName);
        if (!File.Exists(path))
        {
            return;
        }
        JsonNode? before;
        try
        {
            before = JsonNode.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException)
        {
            throw new BadInputException($"{path} is damaged; remove the folder or choose another with --out.");
        }
        var differs = InputDifference.First(before?["input"], JsonNode.Parse(manifest.ResolvedInput))
            ?? InputDifference.First(before?["version"], JsonValue.Create(manifest.Version), "version")
            ?? InputDifference.First(before?["device"], JsonValue.Create(manifest.Device), "device");
        if (differs is not null)
        {
            throw new BadInputException(
                $"{folder.Path} holds results of another input: {differs} differs; choose another folder with --out or remove this one.");
        }
    }

    private void WriteManifest()
    {
        var report = new ExperimentReport { Name = plan.Name, Points = [], Manifest = manifest };
        AtomicFile.Write(Path.Combine(folder.Path, ManifestName), stream => new ManifestExporter().Export(report, stream));
    }
}
