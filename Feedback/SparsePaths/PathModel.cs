using Feedback.Coding;

namespace Feedback.SparsePaths;

/// <summary>Everything that decides how the bits of a report are read; one instance serves one message at a time.</summary>
/// <remarks>
/// <code>
/// bucket (0: end) │ delay: bin, halves │ first axis: bin, halves │ [second axis] │ each component: [bucket] ring, phase │ next path …
/// </code>
/// </remarks>
internal sealed class PathModel
{
    /// <summary>Most paths of a report.</summary>
    public const int MostPaths = 64;

    private readonly MagnitudeModel magnitudes;
    private readonly PositionModel positions;
    private readonly int components;
    private int before;

    public PathModel(MagnitudeModel magnitudes, PositionModel positions, int components) =>
        (this.magnitudes, this.positions, this.components) = (magnitudes, positions, components);

    /// <summary>Starts a message.</summary>
    public void Clear()
    {
        positions.Clear();
        before = 0;
    }

    /// <summary>Passes the next path, null for the end.</summary>
    /// <param name="port">Where to or from.</param>
    /// <param name="path">The path, of no meaning where it is read.</param>
    /// <returns>The path.</returns>
    public CodedPath? Pass(SymbolPort port, CodedPath? path)
    {
        if (positions.Count == MostPaths)
            return null;
        var bucket = magnitudes.Pass(port, positions.Count, before, path?.Bucket ?? 0);
        if (bucket == 0)
            return null;
        var (delay, first, second) = positions.Pass(port, Magnitude.Resolution(bucket), path?.Delay ?? 0, path?.First ?? 0, path?.Second ?? 0);
        var (rings, phases) = (new int[components], new int[components]);
        for (var j = 0; j < components; j++)
        {
            rings[j] = magnitudes.PassRing(port, bucket, components == 1, path?.Rings[j] ?? 0);
            phases[j] = port.PassUniform(PolarQuantizer.Points(rings[j]), path?.Phases[j] ?? 0);
        }
        return new CodedPath(bucket, delay, first, second, rings, phases);
    }

    /// <summary>What a path would cost next, the change of what ending costs included [bit].</summary>
    public double Bits(CodedPath path)
    {
        var (with, without) = (new IdealLength(), new IdealLength());
        Pass(new SymbolPort(with), path);
        magnitudes.Pass(new SymbolPort(without), positions.Count, before, 0);
        if (positions.Count + 1 < MostPaths)
            magnitudes.Pass(new SymbolPort(with), positions.Count + 1, path.Bucket, 0);
        return with.Bits - without.Bits;
    }

    /// <summary>Takes a path as passed.</summary>
    public void Add(CodedPath path)
    {
        positions.Add(path);
        before = path.Bucket;
    }
}
