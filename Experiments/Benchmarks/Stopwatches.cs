using System.Diagnostics;
using MathNet.Numerics.Statistics;
using static TorchSharp.torch;

namespace Experiments.Benchmarks;

/// <summary>Times a piece of work: one run to warm up, then runs for about a second, of which the median counts.</summary>
internal static class Stopwatches
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);

    public static BenchmarkResult Time(string group, string name, string unit, int count, Action work)
    {
        Once(work);
        var seconds = new List<double>();
        var total = Stopwatch.StartNew();
        while (seconds.Count < 3 || (total.Elapsed < Budget && seconds.Count < 1000))
        {
            seconds.Add(Once(work));
        }
        return new BenchmarkResult(group, name, unit, count / seconds.Median(), seconds.Count);
    }

    private static double Once(Action work)
    {
        using var scope = NewDisposeScope();
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    }
}
