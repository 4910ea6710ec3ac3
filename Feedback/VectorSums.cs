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

    /// <summary>sums[i] = Σ_k weights[k]·rows[k·I + i], I being the length of the sums.</summary>
    public static void Contract(ReadOnlySpan<double> rows, ReadOnlySpan<double> weights, Span<double> sums)
    {
        ref var source = ref MemoryMarshal.GetReference(rows[..(weights.Length * sums.Length)]);
        var (width, column) = (Vector<double>.Count, 0);
        for (; column + 4 * width <= sums.Length; column += 4 * width)
        {
            var (a, b, c, d) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
            var place = (nuint)column;
            foreach (var weight in weights)
            {
                var factor = new Vector<double>(weight);
                a = Vector.MultiplyAddEstimate(factor, Vector.LoadUnsafe(ref source, place), a);
                b = Vector.MultiplyAddEstimate(factor, Vector.LoadUnsafe(ref source, place + (nuint)width), b);
                c = Vector.MultiplyAddEstimate(factor, Vector.LoadUnsafe(ref source, place + (nuint)(2 * width)), c);
                d = Vector.MultiplyAddEstimate(factor, Vector.LoadUnsafe(ref source, place + (nuint)(3 * width)), d);
                place += (nuint)sums.Length;
            }
            a.CopyTo(sums[column..]);
            b.CopyTo(sums[(column + width)..]);
            c.CopyTo(sums[(column + 2 * width)..]);
            d.CopyTo(sums[(column + 3 * width)..]);
        }
        for (; column < sums.Length; column++)
        {
            sums[column] = 0;
            for (var k = 0; k < weights.Length; k++)
                sums[column] += weights[k] * rows[k * sums.Length + column];
        }
    }

    /// <summary>rows[k·I + i] += left[k]·first[i] + right[k]·second[i], I being the length of the last two.</summary>
    public static void AddOuter(Span<double> rows, ReadOnlySpan<double> left, ReadOnlySpan<double> first, ReadOnlySpan<double> right, ReadOnlySpan<double> second)
    {
        var x = MemoryMarshal.Cast<double, Vector<double>>(first);
        var y = MemoryMarshal.Cast<double, Vector<double>>(second)[..x.Length];
        for (var k = 0; k < left.Length; k++)
        {
            var row = rows.Slice(k * first.Length, first.Length);
            var target = MemoryMarshal.Cast<double, Vector<double>>(row)[..x.Length];
            var (scale, other) = (new Vector<double>(left[k]), new Vector<double>(right[k]));
            for (var i = 0; i < target.Length; i++)
                target[i] = Vector.MultiplyAddEstimate(scale, x[i], Vector.MultiplyAddEstimate(other, y[i], target[i]));
            for (var i = x.Length * Vector<double>.Count; i < row.Length; i++)
                row[i] += left[k] * first[i] + right[k] * second[i];
        }
    }
}
