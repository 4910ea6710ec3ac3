using System.Globalization;

namespace Experiments.Running;

/// <summary>What is known of a point while it is being computed.</summary>
internal sealed class PointProgress
{
    private readonly RunningMean spectralEfficiency = new();
    private readonly RunningMean bits = new();
    private double seconds;
    private int drops;

    /// <summary>Takes a finished block in.</summary>
    /// <param name="result">The block.</param>
    public void Add(BlockResult result)
    {
        drops += result.Drops;
        seconds += result.Seconds;
        foreach (var sum in result.Metrics["se"].Chunk(result.Users).Select(users => users.Sum()))
        {
            spectralEfficiency.Add(sum);
        }
        foreach (var length in result.Bits)
        {
            bits.Add(length);
        }
    }

    /// <summary>Spectral efficiency with its interval, bits, drops and speed.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"SE {spectralEfficiency.Mean,7:F3} ± {spectralEfficiency.HalfWidth:F3} bit/s/Hz, {bits.Mean:F0} bits, {drops} drops, {drops / Math.Max(seconds, 1e-9):F0} drops/s");
}
