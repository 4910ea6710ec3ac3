namespace Feedback.SparsePaths;

/// <summary>The response of a discrete Fourier transform of length P to a tone between its bins, its phase taken at the middle of the tone.</summary>
/// <remarks>D(x) = sin(πx) / (P sin(πx/P)) at x = bin - position, real for any P.</remarks>
internal static class DirichletResponse
{
    private const double Close = 1e-6;

    /// <summary>Values and slopes in the bins 0, 1, ….</summary>
    /// <param name="position">Where the tone lies [bins].</param>
    /// <param name="period">P.</param>
    /// <param name="values">Takes D.</param>
    /// <param name="slopes">Takes dD/dposition; may be empty.</param>
    public static void Fill(double position, int period, Span<double> values, Span<double> slopes)
    {
        // sin and cos of π(bin - position)/P by rotation from bin to bin; sin(π(bin - position)) alternates.
        var (sine, cosine) = Math.SinCos(-Math.PI * position / period);
        var (stepSine, stepCosine) = Math.SinCos(Math.PI / period);
        var (numerator, derivative) = Math.SinCos(-Math.PI * position);
        for (var bin = 0; bin < values.Length; bin++)
        {
            var scaled = period * sine;
            if (Math.Abs(sine) > Close)
            {
                values[bin] = numerator / scaled;
                if (slopes.Length > 0)
                    slopes[bin] = Math.PI * (numerator * cosine / sine / period - derivative) / scaled;
            }
            else
            {
                // D(x) ≈ ±(1 - π²x²(1 - P⁻²)/6); at x = kP the sign is that of cos(πx)·cos(πx/P).
                values[bin] = derivative * cosine > 0 ? 1 : -1;
                if (slopes.Length > 0)
                    slopes[bin] = values[bin] * (Math.PI * scaled / cosine) * (1 - 1.0 / period / period) / 3;
            }
            (sine, cosine) = (sine * stepCosine + cosine * stepSine, cosine * stepCosine - sine * stepSine);
            (numerator, derivative) = (-numerator, -derivative);
        }
    }
}
