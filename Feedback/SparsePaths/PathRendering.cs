using System.Numerics;
using System.Runtime.InteropServices;

namespace Feedback.SparsePaths;

/// <summary>Paths back to the channel on all subcarriers and antennas, beyond the rows of the crop too.</summary>
/// <remarks>
/// H[s, n] = Σ_k w_k · √(V/(S·N1·N2)) · e^{-j2π(s - (S-1)/2)τ_k/S} · e^{j2π(n1 - (N1-1)/2)u_k/N1} · e^{j2π(n2 - (N2-1)/2)v_k/N2}, V being the number of real values of a
/// crop, whose root mean square is 1. Two subcarriers as far from the middle, φ being the turn of a path there, are H = Σ cos(φ)·W ± j·Σ sin(φ)·W: both for the price of one.
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
    public int Length => dictionary.Subcarriers * Width / 2;

    // Real values of a subcarrier.
    private int Width => dictionary.Channels * dictionary.Angles;

    /// <summary>Renders.</summary>
    /// <param name="atoms">The paths.</param>
    /// <param name="weights">Their weights, [K][C].</param>
    /// <param name="level">What everything is multiplied by.</param>
    /// <param name="channel">Receives real and imaginary parts, [S][R][A].</param>
    public void Render(IReadOnlyList<PathAtom> atoms, double[][] weights, double level, Span<float> channel)
    {
        var (count, width) = (atoms.Count, Width);
        // Of every path the values on the antennas, and j times them.
        var (plain, turned) = (new float[count * width], new float[count * width]);
        var (cosines, sines) = (new double[count], new double[count]);
        var (stepCosines, stepSines) = (new double[count], new double[count]);
        for (var k = 0; k < count; k++)
        {
            Steer(atoms[k], weights[k], level * scale, plain.AsSpan(k * width, width), turned.AsSpan(k * width, width));
            var turn = 2 * Math.PI * atoms[k].Delay / dictionary.Subcarriers;
            (sines[k], cosines[k]) = Math.SinCos(turn * (dictionary.Subcarriers - 1) / 2);
            (stepSines[k], stepCosines[k]) = Math.SinCos(-turn);
        }
        var (evenTones, oddTones) = (new float[count], new float[count]);
        for (var subcarrier = 0; subcarrier < (dictionary.Subcarriers + 1) / 2; subcarrier++)
        {
            for (var k = 0; k < count; k++)
                (evenTones[k], oddTones[k]) = ((float)cosines[k], (float)sines[k]);
            Mirror(
                plain, turned, evenTones, oddTones,
                channel.Slice(subcarrier * width, width), channel.Slice((dictionary.Subcarriers - 1 - subcarrier) * width, width));
            Turn(cosines, sines, stepCosines, stepSines);
        }
    }

    // One antenna after the other, so that sums do not depend on how wide the machine computes.
    private static void Mirror(
        ReadOnlySpan<float> plain, ReadOnlySpan<float> turned, ReadOnlySpan<float> evenTones, ReadOnlySpan<float> oddTones, Span<float> lower, Span<float> upper)
    {
        ref var even = ref MemoryMarshal.GetReference(plain);
        ref var odd = ref MemoryMarshal.GetReference(turned);
        var (lanes, column) = (Vector<float>.Count, 0);
        for (; column + 2 * lanes <= lower.Length; column += 2 * lanes)
        {
            var (a, b, c, d) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
            var place = (nuint)column;
            for (var k = 0; k < evenTones.Length; k++)
            {
                var (cosine, sine) = (new Vector<float>(evenTones[k]), new Vector<float>(oddTones[k]));
                a = Vector.FusedMultiplyAdd(cosine, Vector.LoadUnsafe(ref even, place), a);
                b = Vector.FusedMultiplyAdd(cosine, Vector.LoadUnsafe(ref even, place + (nuint)lanes), b);
                c = Vector.FusedMultiplyAdd(sine, Vector.LoadUnsafe(ref odd, place), c);
                d = Vector.FusedMultiplyAdd(sine, Vector.LoadUnsafe(ref odd, place + (nuint)lanes), d);
                place += (nuint)lower.Length;
            }
            (a + c).CopyTo(lower[column..]);
            (b + d).CopyTo(lower[(column + lanes)..]);
            (a - c).CopyTo(upper[column..]);
            (b - d).CopyTo(upper[(column + lanes)..]);
        }
        for (; column < lower.Length; column++)
        {
            var (a, c) = (0f, 0f);
            for (var k = 0; k < evenTones.Length; k++)
            {
                a = MathF.FusedMultiplyAdd(evenTones[k], plain[k * lower.Length + column], a);
                c = MathF.FusedMultiplyAdd(oddTones[k], turned[k * lower.Length + column], c);
            }
            (lower[column], upper[column]) = (a + c, a - c);
        }
    }

    // Tones of the next subcarrier.
    private static void Turn(double[] cosines, double[] sines, double[] stepCosines, double[] stepSines)
    {
        var k = 0;
        for (; k + Vector<double>.Count <= cosines.Length; k += Vector<double>.Count)
        {
            var (x, y) = (new Vector<double>(cosines, k), new Vector<double>(sines, k));
            var (u, v) = (new Vector<double>(stepCosines, k), new Vector<double>(stepSines, k));
            (x * u - y * v).CopyTo(cosines, k);
            (x * v + y * u).CopyTo(sines, k);
        }
        for (; k < cosines.Length; k++)
            (cosines[k], sines[k]) = (cosines[k] * stepCosines[k] - sines[k] * stepSines[k], cosines[k] * stepSines[k] + sines[k] * stepCosines[k]);
    }

    private void Steer(PathAtom atom, double[] weights, double level, Span<float> plain, Span<float> turned)
    {
        var (first, second) = (dictionary.First, dictionary.Second);
        var firstStep = Complex.FromPolarCoordinates(1, 2 * Math.PI * atom.First / first);
        var secondStep = Complex.FromPolarCoordinates(1, 2 * Math.PI * atom.Second / second);
        for (var component = 0; component < weights.Length / 2; component++)
        {
            var start = new Complex(weights[2 * component], weights[2 * component + 1])
                * Complex.FromPolarCoordinates(level, -Math.PI * ((first - 1.0) * atom.First / first + (second - 1.0) * atom.Second / second));
            for (var i = 0; i < first; i++, start *= firstStep)
            {
                var value = start;
                for (var j = 0; j < second; j++, value *= secondStep)
                {
                    var place = 2 * ((component * first + i) * second + j);
                    (plain[place], plain[place + 1]) = ((float)value.Real, (float)value.Imaginary);
                    (turned[place], turned[place + 1]) = ((float)-value.Imaginary, (float)value.Real);
                }
            }
        }
    }
}
