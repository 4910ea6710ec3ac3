namespace Feedback.SparsePaths;

/// <summary>Where an earlier path lies, and what that says of where later ones lie.</summary>
internal sealed class EarlierPath
{
    private readonly double delay;
    private readonly double first;
    private readonly double second;

    public EarlierPath(CodedPath path) => (delay, first, second) = (path.DelayPlace, path.FirstPlace, path.SecondPlace);

    /// <summary>How far the lower edge of a bin lies from the path [bins]; half a turn or more away it lies on the other side.</summary>
    /// <param name="axis">0 for the delay, 1 and 2 for the directions.</param>
    /// <param name="bins">Number of bins of this coordinate.</param>
    /// <param name="bin">The bin.</param>
    public double Offset(int axis, int bins, int bin)
    {
        if (axis == 0)
            return bin - 0.5 - delay;
        var offset = bin - 0.5 - (axis == 1 ? first : second);
        var half = 0.5 * bins;
        return offset < -half ? offset + bins : offset >= half ? offset - bins : offset;
    }

    /// <summary>Probabilities of bins under a kernel.</summary>
    /// <param name="axis">0 for the delay, 1 and 2 for the directions.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="masses">Receives one for each bin of this coordinate.</param>
    public void Fill(int axis, OffsetKernel kernel, Span<float> masses)
    {
        for (var bin = 0; bin < masses.Length; bin++)
        {
            var offset = Offset(axis, masses.Length, bin);
            masses[bin] = (float)(kernel.Below(offset + 1) - kernel.Below(offset));
        }
    }
}
