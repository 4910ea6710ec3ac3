using System.Collections.Concurrent;
using Experiments.Planning;

namespace Experiments.Running;

/// <summary>Points that failed in this run: their reason is on disk, and their further blocks are left out.</summary>
public sealed class FailureList
{
    private readonly ConcurrentDictionary<int, bool> numbers = new();
    private readonly ResultFolder folder;
    private readonly IRunProgress progress;

    /// <summary>Creates an empty list.</summary>
    /// <param name="folder">Where reasons are written.</param>
    /// <param name="progress">Who is told.</param>
    public FailureList(ResultFolder folder, IRunProgress progress)
    {
        this.folder = folder;
        this.progress = progress;
    }

    /// <summary>Whether a point has failed.</summary>
    /// <param name="point">The point.</param>
    /// <returns>True if one of its blocks failed.</returns>
    public bool Contains(PlannedPoint point) => numbers.ContainsKey(point.Number);

    /// <summary>Notes a failure.</summary>
    /// <param name="point">The point.</param>
    /// <param name="error">What happened.</param>
    public void Add(PlannedPoint point, Exception error)
    {
        if (numbers.TryAdd(point.Number, true))
        {
            folder.WriteError(point, error);
            progress.Fail(point, error);
        }
    }
}
