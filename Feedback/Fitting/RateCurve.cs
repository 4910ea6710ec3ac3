using System.Globalization;
using MathNet.Numerics.Interpolation;

namespace Feedback.Fitting;

/// <summary>Mean bits a report at each step of a fitted scheme, as measured on drops, and the steps in between.</summary>
/// <remarks>The logarithm of the bits is interpolated by a monotone cubic.</remarks>
internal sealed class RateCurve
{
    private readonly double[] bits;
    private readonly CubicSpline logarithms;

    public RateCurve(IReadOnlyList<double> measured)
    {
        bits = [.. measured];
        // A curve that stands still would have no inverse.
        for (var step = 1; step < bits.Length; step++)
            bits[step] = Math.Max(bits[step], bits[step - 1] * (1 + 1e-9));
        var steps = Enumerable.Range(0, bits.Length).Select(step => (double)step).ToArray();
        logarithms = CubicSpline.InterpolatePchipSorted(steps, [.. bits.Select(value => Math.Log(value))]);
    }

    /// <summary>Mean bits of the coarsest step.</summary>
    public double Fewest => bits[0];

    /// <summary>Mean bits of the finest step.</summary>
    public double Most => bits[^1];

    /// <summary>Mean bits of a step, between the coarsest and the finest.</summary>
    public double At(double step) => Math.Exp(logarithms.Interpolate(step));

    /// <summary>The step that takes a mean number of bits, between the coarsest and the finest.</summary>
    public double StepAt(double mean)
    {
        var (low, high) = (0.0, bits.Length - 1.0);
        for (var halving = 0; halving < 40; halving++)
        {
            var middle = 0.5 * (low + high);
            if (logarithms.Interpolate(middle) <= Math.Log(mean))
                low = middle;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>The same, with a mean beyond either of them refused.</summary>
    /// <exception cref="ArgumentException">No step takes that many bits; the message names the permitted range.</exception>
    public double PermittedStepAt(double bits) => bits >= Fewest && bits <= Most
        ? StepAt(bits)
        : throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture, $"mean is {bits} b; permitted is {Math.Ceiling(Fewest)} … {Math.Floor(Most)} b with this model."), nameof(bits));
}
