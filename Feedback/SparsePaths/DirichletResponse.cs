using System.Numerics;

namespace Feedback.SparsePaths;

/// <summary>The response of a discrete Fourier transform of length P to a tone between its bins, its phase taken at the middle of the tone.</summary>
/// <remarks>D(x) = sin(πx) / (P sin(πx/P)) at x = bin - position, real for any P.</remarks>
internal sealed class DirichletResponse
{
    private const double Close = 1e-6;
    private readonly int period;
    private readonly double[] sines;
    private readonly double[] cosines;
    private readonly double[] signs;

    /// <summary>Prepares for the bins 0, 1, ….</summary>
    /// <param name="period">P.</param>
    /// <param name="bins">Number of bins, at most P.</param>
    public DirichletResponse(int period, int bins)
    {
        this.period = period;
        (sines, cosines, signs) = (new double[bins], new double[bins], new double[bins]);
        for (var bin = 0; bin < bins; bin++)
        {
            (sines[bin], cosines[bin]) = Math.SinCos(Math.PI * bin / period);
            signs[bin] = bin % 2 == 0 ? 1 : -1;
        }
    }

    /// <summary>Values and slopes in all bins.</summary>
    /// <param name="position">Where the tone lies [bins].</param>
    /// <param name="values">Takes D.</param>
    /// <param name="slopes">Takes dD/dposition; may be empty.</param>
    public void Fill(double position, double[] values, double[] slopes)
    {
        // sin and cos of π(bin - position)/P by the addition theorem; those of π(bin - position) alternate.
        var (sine, cosine) = Math.SinCos(Math.PI * position / period);
        var (numerator, derivative) = Math.SinCos(-Math.PI * position);
        var (x, y) = (new Vector<double>(cosine), new Vector<double>(sine));
        var (top, change) = (new Vector<double>(numerator), new Vector<double>(derivative));
        var (one, turn, inverse) = (Vector<double>.One, new Vector<double>(Math.PI), new Vector<double>(1.0 / period));
        var bin = 0;
        for (; bin + Vector<double>.Count <= values.Length; bin += Vector<double>.Count)
        {
            var (s, c) = (new Vector<double>(sines, bin), new Vector<double>(cosines, bin));
            var bottom = one / (s * x - c * y);
            var scaled = new Vector<double>(signs, bin) * bottom * inverse;
            (top * scaled).CopyTo(values, bin);
            if (slopes.Length > 0)
                (turn * scaled * (top * (c * x + s * y) * bottom * inverse - change)).CopyTo(slopes, bin);
        }
        for (; bin < values.Length; bin++)
        {
            var bottom = 1 / (sines[bin] * cosine - cosines[bin] * sine);
            var scaled = signs[bin] * bottom / period;
            values[bin] = numerator * scaled;
            if (slopes.Length > 0)
                slopes[bin] = Math.PI * scaled * (numerator * (cosines[bin] * cosine + sines[bin] * sine) * bottom / period - derivative);
        }
        var nearest = (int)(((long)Math.Round(position) % period + period) % period);
        if (nearest >= values.Length)
            return;
        // D(x) ≈ ±(1 - π²x²(1 - P⁻²)/6); at x = kP the sign is that of cos(πx)·cos(πx/P).
        var (near, along) = (sines[nearest] * cosine - cosines[nearest] * sine, cosines[nearest] * cosine + sines[nearest] * sine);
        if (Math.Abs(near) > Close)
            return;
        values[nearest] = signs[nearest] * derivative * along > 0 ? 1 : -1;
        if (slopes.Length > 0)
            slopes[nearest] = values[nearest] * (Math.PI * period * near / along) * (1 - 1.0 / period / period) / 3;
    }
}
