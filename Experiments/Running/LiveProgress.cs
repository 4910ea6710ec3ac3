using System.Diagnostics;
using System.Globalization;
using Experiments.Planning;
using Spectre.Console;

namespace Experiments.Running;

/// <summary>Progress as a live table on a terminal: the points computed last, and the time left.</summary>
public sealed class LiveProgress : IRunProgress
{
    private const int Rows = 14;
    private readonly Lock gate = new();
    private readonly IAnsiConsole console;
    private readonly Dictionary<int, PointProgress> points = [];
    private readonly LinkedList<PlannedPoint> recent = new();
    private Stopwatch watch = new();
    private string title = "";
    private int missing;
    private int finished;
    private int failed;

    /// <summary>Creates the progress.</summary>
    /// <param name="console">The terminal.</param>
    public LiveProgress(IAnsiConsole console) => this.console = console;

    /// <summary>Shows the table while the work goes on.</summary>
    /// <param name="work">The run; it tells this object of its progress.</param>
    public void Show(Action work)
    {
        console.Live(Render()).AutoClear(true).Start(context =>
        {
            using var timer = new Timer(
                _ =>
                {
                    context.UpdateTarget(Render());
                    context.Refresh();
                },
                null,
                TimeSpan.Zero,
                TimeSpan.FromSeconds(0.25));
            work();
        });
    }

    /// <inheritdoc/>
    public void Begin(ExperimentPlan plan, int missing, int total)
    {
        ArgumentNullException.ThrowIfNull(plan);
        lock (gate)
        {
            title = string.Create(CultureInfo.InvariantCulture, $"{plan.Name}: {plan.Points.Count} points, {plan.Drops} drops each");
            (this.missing, finished, failed, watch) = (missing, 0, 0, Stopwatch.StartNew());
            points.Clear();
            recent.Clear();
        }
    }

    /// <inheritdoc/>
    public void Finish(PlannedPoint point, BlockResult result)
    {
        ArgumentNullException.ThrowIfNull(point);
        lock (gate)
        {
            finished++;
            if (points.TryGetValue(point.Number, out var progress))
            {
                recent.Remove(point);
            }
            else
            {
                points.Add(point.Number, progress = new PointProgress());
            }
            progress.Add(result);
            recent.AddFirst(point);
            while (recent.Count > Rows)
            {
                recent.RemoveLast();
            }
        }
    }

    /// <inheritdoc/>
    public void Fail(PlannedPoint point, Exception error)
    {
        ArgumentNullException.ThrowIfNull(point);
        lock (gate)
        {
            failed++;
        }
    }

    private Table Render()
    {
        lock (gate)
        {
            var left = finished == 0 ? "" : ", " + PlainProgress.Format(watch.Elapsed / finished * (missing - finished)) + " left";
            var errors = failed == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {failed} points failed");
            var table = new Table().Border(TableBorder.Simple).AddColumns("point", "so far");
            table.Title = new TableTitle(Markup.Escape(title));
            table.Caption = new TableTitle(string.Create(CultureInfo.InvariantCulture, $"{finished} of {missing} blocks{left}{errors}"));
            if (recent.Count == 0)
            {
                table.AddRow("", "drawing the first channels");
            }
            foreach (var point in recent)
            {
                table.AddRow(Markup.Escape(PlainProgress.Label(point)), Markup.Escape(points[point.Number].ToString()));
            }
            return table;
        }
    }
}
