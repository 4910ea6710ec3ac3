namespace Experiments.Running;

/// <summary>What one point left behind for one block of drops: one file in <c>points/</c>.</summary>
public sealed record BlockResult
{
    /// <summary>SHA-256 of the point's canonical text: whose result this is.</summary>
    public required string Point { get; init; }

    /// <summary>Drop-block index, from 0.</summary>
    public required int Block { get; init; }

    /// <summary>B, drops in the block.</summary>
    public required int Drops { get; init; }

    /// <summary>U, users of a drop.</summary>
    public required int Users { get; init; }

    /// <summary>Delivered bits a report, drop slowest, then slot, then user.</summary>
    public required long[] Bits { get; init; }

    /// <summary>Per metric its values, drop slowest, user fastest; NaN where it is not defined.</summary>
    public required SortedDictionary<string, double[]> Metrics { get; init; }

    /// <summary>Spectral efficiency of the same precoder on the true channel, drop slowest, user fastest [bit/s/Hz].</summary>
    public required double[] PerfectSpectralEfficiency { get; init; }

    /// <summary>Time that this point took in this block, without what it shared with other points [s].</summary>
    public required double Seconds { get; init; }
}
