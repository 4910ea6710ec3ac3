namespace Feedback.SparsePaths;

/// <summary>What is sent of one path.</summary>
/// <param name="Bucket">Its magnitude, from 1.</param>
/// <param name="Delay">Cell of the delay.</param>
/// <param name="First">Cell along the first axis of the array.</param>
/// <param name="Second">Cell along the second axis.</param>
/// <param name="Rings">Ring of each component: receive antennas, in each the polarisations.</param>
/// <param name="Phases">Point on each ring.</param>
internal sealed record CodedPath(int Bucket, int Delay, int First, int Second, int[] Rings, int[] Phases)
{
    /// <summary>r, cells being 2^-r bins wide.</summary>
    public int Resolution { get; } = Magnitude.Resolution(Bucket);

    /// <summary>The middle of a cell [bins].</summary>
    public static double Middle(int cell, int resolution) => Math.ScaleB(cell + 0.5, -resolution) - 0.5;

    /// <summary>The cell in which a delay lies.</summary>
    public static int DelayCell(double delay, int resolution, int bins) =>
        Math.Clamp((int)Math.Floor(Math.ScaleB(delay + 0.5, resolution)), 0, (bins << resolution) - 1);

    /// <summary>The cell in which a direction lies; bin N is bin 0 again.</summary>
    public static int AngleCell(double angle, int resolution, int bins)
    {
        var (cell, count) = ((int)Math.Floor(Math.ScaleB(angle + 0.5, resolution)), bins << resolution);
        return (cell % count + count) % count;
    }

    /// <summary>Puts a path where the middle of its cells is.</summary>
    public void Locate(PathAtom atom, PathDictionary dictionary)
    {
        atom.Delay = Middle(Delay, Resolution);
        atom.First = Middle(First, Resolution);
        atom.Second = dictionary.Second > 1 ? Middle(Second, Resolution) : 0;
        atom.Fill(dictionary);
    }
}
