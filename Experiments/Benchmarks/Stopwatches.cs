using System.Diagnostics;
using MathNet.Numerics.Statistics;
using static TorchSharp.torch;

namespace Experiments.Benchmarks;

/// <summary>Times a piece of work: runs for two seconds of processor time to warm up, then runs for about a second, of which the median counts.</summary>
/// <remarks>Beside the wall clock runs the processor time of the process, which a busy machine stretches far less.</remarks>
internal static class Stopwatches
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);

    private const double WarmUpSeconds = 2;

    public static BenchmarkResult Time(string group, string name, string unit, int count, Action work)
    {
        // In processor time, since code is compiled for good only after some of it.
        for (var spent = 0.0; spent < WarmUpSeconds;)
        {
            spent += Once(work).Busy;
        }
        var (seconds, own) = (new List<double>(), new List<double>());
        var total = Stopwatch.StartNew();
        while (seconds.Count < 3 || (total.Elapsed < Budget && seconds.Count < 1000))
        {
            var (elapsed, busy) = Once(work);
            seconds.Add(elapsed);
            own.Add(busy);
        }
        return new BenchmarkResult(group, name, unit, count / seconds.Median(), count / own.Median(), seconds.Count);
    }

    private static (double Elapsed, double Busy) Once(Action work)
    {
        using var scope = NewDisposeScope();
        var before = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        work();
        return (watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }
}
