using System.Diagnostics;
using System.Globalization;
using Experiments.Running;

namespace Experiments.Drawing;

/// <summary>Tells of drops done: a line every two seconds at most, and none of short work.</summary>
/// <param name="writer">Where lines go.</param>
/// <param name="total">All drops.</param>
internal sealed class DropProgress(TextWriter writer, int total)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private TimeSpan last;

    /// <summary>Takes the number of drops done.</summary>
    /// <param name="done">How many.</param>
    public void Report(int done)
    {
        var elapsed = watch.Elapsed;
        if (elapsed - last < Pause || done >= total)
            return;
        last = elapsed;
        var rate = done / elapsed.TotalSeconds;
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  {done}/{total} drops, {rate:0} drops/s, {PlainProgress.Format(TimeSpan.FromSeconds((total - done) / rate))} left"));
    }
}
