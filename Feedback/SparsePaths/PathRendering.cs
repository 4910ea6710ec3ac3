using System.Numerics;
using System.Runtime.InteropServices;

namespace Feedback.SparsePaths;

/// <summary>Paths back to the channel on all subcarriers and antennas, beyond the rows of the crop too.</summary>
/// <remarks>
/// H[s, n] = Σ_k w_k · √(V/(S·N1·N2)) · e^{-j2π(s - (S-1)/2)τ_k/S} · e^{j2π(n1 - (N1-1)/2)u_k/N1} · e^{j2π(n2 - (N2-1)/2)v_k/N2}, V being the number of real values of a
/// crop, whose root mean square is 1.
/// </remarks>
internal sealed class PathRendering
{
    private readonly PathDictionary dictionary;
    private readonly double scale;

    public PathRendering(PathDictionary dictionary)
    {
        this.dictionary = dictionary;
        scale = Math.Sqrt(dictionary.Values / ((double)dictionary.Subcarriers * dictionary.Angles));
    }

    /// <summary>Complex values of a channel: S·R·A.</summary>
    public int Length => dictionary.Subcarriers * dictionary.Channels / 2 * dictionary.Angles;

    /// <summary>Renders.</summary>
    /// <param name="atoms">The paths.</param>
    /// <param name="weights">Their weights, [K][C].</param>
    /// <param name="channel">Receives real and imaginary parts, [S][R][A].</param>
    public void Render(IReadOnlyList<PathAtom> atoms, double[][] weights, Span<float> channel)
    {
        var width = dictionary.Channels / 2 * dictionary.Angles;
        var (real, imaginary) = (new float[atoms.Count * width], new float[atoms.Count * width]);
        var tones = new Complex[atoms.Count];
        var steps = new Complex[atoms.Count];
        for (var k = 0; k < atoms.Count; k++)
        {
            Steer(atoms[k], weights[k], real.AsSpan(k * width, width), imaginary.AsSpan(k * width, width));
            var turn = 2 * Math.PI * atoms[k].Delay / dictionary.Subcarriers;
            tones[k] = Complex.FromPolarCoordinates(scale, turn * (dictionary.Subcarriers - 1) / 2);
            steps[k] = Complex.FromPolarCoordinates(1, -turn);
        }
        var (sumReal, sumImaginary) = (new float[width], new float[width]);
        for (var subcarrier = 0; subcarrier < dictionary.Subcarriers; subcarrier++)
        {
            Array.Clear(sumReal);
            Array.Clear(sumImaginary);
            for (var k = 0; k < atoms.Count; k++)
            {
                Add(sumReal, sumImaginary, real.AsSpan(k * width, width), imaginary.AsSpan(k * width, width), tones[k]);
                tones[k] *= steps[k];
            }
            var row = channel.Slice(2 * subcarrier * width, 2 * width);
            for (var i = 0; i < width; i++)
                (row[2 * i], row[2 * i + 1]) = (sumReal[i], sumImaginary[i]);
        }
    }

    // Element by element, so that the sums do not depend on how wide the machine computes.
    private static void Add(Span<float> sumReal, Span<float> sumImaginary, ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary, Complex tone)
    {
        var (x, y) = ((float)tone.Real, (float)tone.Imaginary);
        var sumX = MemoryMarshal.Cast<float, Vector<float>>(sumReal);
        var sumY = MemoryMarshal.Cast<float, Vector<float>>(sumImaginary);
        var valueX = MemoryMarshal.Cast<float, Vector<float>>(real);
        var valueY = MemoryMarshal.Cast<float, Vector<float>>(imaginary);
        for (var i = 0; i < sumX.Length; i++)
        {
            sumX[i] += x * valueX[i] - y * valueY[i];
            sumY[i] += x * valueY[i] + y * valueX[i];
        }
        for (var i = sumX.Length * Vector<float>.Count; i < real.Length; i++)
        {
            sumReal[i] += x * real[i] - y * imaginary[i];
            sumImaginary[i] += x * imaginary[i] + y * real[i];
        }
    }

    private void Steer(PathAtom atom, double[] weights, Span<float> real, Span<float> imaginary)
    {
        for (var i = 0; i < real.Length; i++)
        {
            var (component, first, second) = (i / dictionary.Angles, i % dictionary.Angles / dictionary.Second, i % dictionary.Second);
            var turns = (first - (dictionary.First - 1) / 2.0) * atom.First / dictionary.First + (second - (dictionary.Second - 1) / 2.0) * atom.Second / dictionary.Second;
            var value = new Complex(weights[2 * component], weights[2 * component + 1]) * Complex.FromPolarCoordinates(1, 2 * Math.PI * turns);
            (real[i], imaginary[i]) = ((float)value.Real, (float)value.Imaginary);
        }
    }
}
