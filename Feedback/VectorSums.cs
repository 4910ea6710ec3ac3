using System.Numerics;
using System.Runtime.InteropServices;

namespace Feedback;

/// <summary>Sums over arrays of float64, as wide as the machine computes.</summary>
/// <remarks>The order of a sum depends on that width and so on the machine; nothing that decides how bits are read is computed here.</remarks>
internal static class VectorSums
{
    /// <summary>Σ x[i]·y[i].</summary>
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var x = MemoryMarshal.Cast<double, Vector<double>>(left);
        var y = MemoryMarshal.Cast<double, Vector<double>>(right);
        var sum = Vector<double>.Zero;
        for (var i = 0; i < x.Length; i++)
            sum += x[i] * y[i];
        var result = Vector.Sum(sum);
        for (var i = x.Length * Vector<double>.Count; i < left.Length; i++)
            result += left[i] * right[i];
        return result;
    }

    /// <summary>target[i] += scale·source[i].</summary>
    public static void AddScaled(Span<double> target, ReadOnlySpan<double> source, double scale)
    {
        var x = MemoryMarshal.Cast<double, Vector<double>>(target);
        var y = MemoryMarshal.Cast<double, Vector<double>>(source);
        var factor = new Vector<double>(scale);
        for (var i = 0; i < x.Length; i++)
            x[i] += factor * y[i];
        for (var i = x.Length * Vector<double>.Count; i < target.Length; i++)
            target[i] += scale * source[i];
    }
}
