namespace Feedback.Quantization;

/// <summary>The μ-law quantiser [Smith1957]: cells uniform in y = sgn(x) ln(1 + μ|x|) / ln(1 + μ), hence finer around zero.</summary>
/// <remarks>The levels are the centres of the cells in y, tabulated once; an index is decoded by table look-up only.</remarks>
public sealed class MuLawQuantizer : IScalarQuantizer
{
    private readonly UniformQuantizer uniform;
    private readonly double mu;
    private readonly double[] levels;

    /// <summary>Creates a quantiser.</summary>
    /// <param name="bits">b, bits of an index, 1 … 16.</param>
    /// <param name="mu">μ, strength of the companding, above 0; at most 10^6.</param>
    public MuLawQuantizer(int bits, double mu)
    {
        if (!(mu > 0 && mu <= 1e6))
            throw new ArgumentOutOfRangeException(nameof(mu), mu, "mu must be above 0 and at most 1000000.");
        uniform = new UniformQuantizer(bits);
        this.mu = mu;
        levels = [.. Enumerable.Range(0, 1 << bits).Select(index => Expand(uniform.Level(index)))];
    }

    /// <inheritdoc/>
    public int Bits => uniform.Bits;

    /// <inheritdoc/>
    public int Index(double value) =>
        uniform.Index(Math.CopySign(Math.Log(1 + mu * Math.Abs(value)) / Math.Log(1 + mu), value));

    /// <inheritdoc/>
    public double Level(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, levels.Length);
        return levels[index];
    }

    private double Expand(double companded) =>
        Math.CopySign((Math.Pow(1 + mu, Math.Abs(companded)) - 1) / mu, companded);
}
