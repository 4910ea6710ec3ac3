namespace Feedback.Quantization;

/// <summary>The mid-rise uniform quantiser: 2^b cells of equal width Δ = 2^(1-b), each replaced by its centre.</summary>
public sealed class UniformQuantizer : IScalarQuantizer
{
    private readonly int cells;

    /// <summary>Creates a quantiser.</summary>
    /// <param name="bits">b, bits of an index, 1 … 16.</param>
    public UniformQuantizer(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, 16);
        Bits = bits;
        cells = 1 << bits;
    }

    /// <inheritdoc/>
    public int Bits { get; }

    /// <inheritdoc/>
    public int Index(double value) => (int)Math.Clamp(Math.Floor((value + 1) * (0.5 * cells)), 0, cells - 1);

    /// <inheritdoc/>
    public double Level(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, cells);
        return (2 * index + 1 - cells) / (double)cells;
    }
}
