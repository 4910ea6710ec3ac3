using System.Collections.Concurrent;
using Feedback.Coding;
using Feedback.Quantization;

namespace Feedback.SparsePaths;

/// <summary>Everything that decides how the bits of a report are read; one instance serves one message at a time.</summary>
/// <remarks>
/// <code>
/// bucket (0: end) │ delay: bin, halves │ first axis: bin, halves │ [second axis] │ each component: [bucket] ring, phase │ next path …
/// </code>
/// </remarks>
internal sealed class PathModel : IDisposable
{
    /// <summary>Most paths of a report.</summary>
    public const int MostPaths = 128;

    private readonly IPathPrior prior;
    private readonly ComponentRings rings;
    private readonly PositionModel positions;
    private readonly int components;
    private readonly int start;
    private readonly ConcurrentBag<PositionModel> idle;

    /// <summary>Takes a part for positions that is idle.</summary>
    public PathModel(IPathPrior prior, ComponentRings rings, int components, int start, ConcurrentBag<PositionModel> idle, Func<PositionModel> build)
    {
        (this.prior, this.rings, this.components, this.start, this.idle) = (prior, rings, components, start, idle);
        positions = idle.TryTake(out var found) ? found : build();
        positions.Clear();
    }

    /// <summary>Gives it back.</summary>
    public void Dispose() => idle.Add(positions);

    /// <summary>State of the <see cref="Trellis"/> before the next path.</summary>
    private int State => positions.Paths.Count == 0 ? start : positions.Paths[^1].Before(components);

    /// <summary>Passes the next path, null for the end.</summary>
    /// <param name="port">Where to or from.</param>
    /// <param name="path">The path, of no meaning where it is read.</param>
    /// <returns>The path.</returns>
    public CodedPath? Pass(SymbolPort port, CodedPath? path)
    {
        if (positions.Paths.Count == MostPaths)
            return null;
        var bucket = prior.PassBucket(port, positions.Paths, path?.Bucket ?? 0);
        if (bucket == 0)
            return null;
        var (delay, first, second) = positions.Pass(port, prior, bucket, path?.Delay ?? 0, path?.First ?? 0, path?.Second ?? 0);
        var passed = new CodedPath(State, positions.IsPanel, bucket, delay, first, second, new int[components], new int[components]);
        for (var j = 0; j < components; j++)
        {
            passed.Rings[j] = rings.Pass(port, bucket, components == 1, path?.Rings[j] ?? 0);
            if (passed.Rings[j] > 0)
                passed.Phases[j] = prior.PassPhase(port, positions.Paths, passed, j, path?.Phases[j] ?? 0);
        }
        return passed;
    }

    /// <summary>What a path would cost next, the change of what ending costs included [bit].</summary>
    public double Bits(CodedPath path)
    {
        var (with, without) = (new IdealLength(), new IdealLength());
        Pass(new SymbolPort(with), path);
        prior.PassBucket(new SymbolPort(without), positions.Paths, 0);
        if (positions.Paths.Count + 1 < MostPaths)
            prior.PassBucket(new SymbolPort(with), [.. positions.Paths, path], 0);
        return with.Bits - without.Bits;
    }

    /// <summary>What delay and direction of a path of a magnitude would cost next [bit], until the next use of this model.</summary>
    public Func<CodedPath, double> PlaceBits(int bucket)
    {
        positions.Expect(prior, bucket);
        return positions.Bits;
    }

    /// <summary>Takes a path as passed.</summary>
    public void Add(CodedPath path) => positions.Add(path);
}
