namespace Experiments.Benchmarks;

/// <summary>One throughput figure of this machine.</summary>
/// <param name="Group">Part of the program, e.g. <c>metrics</c>.</param>
/// <param name="Name">Catalogue name of what was timed.</param>
/// <param name="Unit">What is counted, e.g. <c>drops</c>.</param>
/// <param name="PerSecond">Median over the runs of units per second.</param>
/// <param name="PerProcessorSecond">Median over the runs of units per second of processor time.</param>
/// <param name="Runs">Number of timed runs.</param>
public sealed record BenchmarkResult(string Group, string Name, string Unit, double PerSecond, double PerProcessorSecond, int Runs);
