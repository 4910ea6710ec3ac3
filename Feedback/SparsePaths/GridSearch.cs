using System.Numerics;
using System.Runtime.InteropServices;

namespace Feedback.SparsePaths;

/// <summary>Seeks the strongest correlation of a residual with the responses on the grid, in float32: where a path is then lies off the grid anyway.</summary>
internal sealed class GridSearch
{
    private readonly PathDictionary dictionary;
    private readonly float[] values;
    private readonly float[] correlated;
    private readonly float[] map;
    private readonly double[] bounds;
    private readonly int[] order;

    public GridSearch(PathDictionary dictionary)
    {
        this.dictionary = dictionary;
        values = new float[dictionary.Values];
        correlated = new float[dictionary.GridNorms.Length * dictionary.Channels * dictionary.Angles];
        map = new float[dictionary.Channels * dictionary.AnglePoints];
        (bounds, order) = (new double[dictionary.GridNorms.Length], new int[dictionary.GridNorms.Length]);
    }

    /// <summary>Finds the strongest one.</summary>
    /// <param name="residual">The residual, [D][C][angle].</param>
    /// <param name="least">What it must at least explain.</param>
    /// <returns>Its place on the grid; null where nothing explains as much.</returns>
    public (int Delay, int Angle)? Find(ReadOnlySpan<double> residual, double least)
    {
        var d = dictionary;
        var width = d.Channels * d.Angles;
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)residual[i];
        Multiply(d.GridDelays, values, correlated, d.Delays, width);
        for (var i = 0; i < order.Length; i++)
        {
            // ‖row‖² bounds what any direction can reach.
            var row = correlated.AsSpan(i * width, width);
            (order[i], bounds[i]) = (i, -Energy(row) / d.GridNorms[i]);
        }
        Array.Sort(bounds, order);
        var (best, found) = (least, ((int, int)?)null);
        for (var rank = 0; rank < order.Length && -bounds[rank] > best; rank++)
        {
            var delay = order[rank];
            Multiply(correlated.AsSpan(delay * width, width), d.GridAngles, map, d.Angles, d.AnglePoints);
            if (Strongest(map, d.AnglePoints, (float)(best * d.GridNorms[delay])) is var (gain, angle) && angle >= 0)
                (best, found) = (gain / d.GridNorms[delay], (delay, angle));
        }
        return found;
    }

    // The column of the largest energy, if that is more than asked for; -1 if not.
    private static (float Gain, int Column) Strongest(ReadOnlySpan<float> map, int width, float least)
    {
        ref var source = ref MemoryMarshal.GetReference(map);
        var (best, found) = (least, -1);
        for (var column = 0; column < width; column += Vector<float>.Count)
        {
            var lanes = Math.Min(Vector<float>.Count, width - column);
            if (lanes == Vector<float>.Count)
            {
                var sum = Vector<float>.Zero;
                for (var place = column; place < map.Length; place += width)
                {
                    var values = Vector.LoadUnsafe(ref source, (nuint)place);
                    sum += values * values;
                }
                if (!Vector.GreaterThanAny(sum, new Vector<float>(best)))
                    continue;
            }
            for (var lane = 0; lane < lanes; lane++)
            {
                var gain = 0f;
                for (var place = column + lane; place < map.Length; place += width)
                    gain += map[place] * map[place];
                if (gain > best)
                    (best, found) = (gain, column + lane);
            }
        }
        return (best, found);
    }

    private static float Energy(ReadOnlySpan<float> row)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(row);
        var sum = Vector<float>.Zero;
        foreach (var vector in vectors)
            sum += vector * vector;
        var energy = Vector.Sum(sum);
        foreach (var value in row[(vectors.Length * Vector<float>.Count)..])
            energy += value * value;
        return energy;
    }

    // The product of matrices of an even number of rows of K and of K rows of W, two rows and four vectors at a time.
    private static void Multiply(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> product, int inner, int width)
    {
        ref var source = ref MemoryMarshal.GetReference(right[..(inner * width)]);
        var lanes = Vector<float>.Count;
        for (var row = 0; row < left.Length / inner; row += 2)
        {
            var upper = left.Slice(row * inner, inner);
            var lower = left.Slice((row + 1) * inner, inner);
            var first = product.Slice(row * width, width);
            var second = product.Slice((row + 1) * width, width);
            var column = 0;
            for (; column + 4 * lanes <= width; column += 4 * lanes)
            {
                var (a, b, c, d) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
                var (e, f, g, h) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
                var place = (nuint)column;
                for (var k = 0; k < upper.Length; k++)
                {
                    var (x, y) = (new Vector<float>(upper[k]), new Vector<float>(lower[k]));
                    var (p, q) = (Vector.LoadUnsafe(ref source, place), Vector.LoadUnsafe(ref source, place + (nuint)lanes));
                    var (r, s) = (Vector.LoadUnsafe(ref source, place + (nuint)(2 * lanes)), Vector.LoadUnsafe(ref source, place + (nuint)(3 * lanes)));
                    a = Vector.MultiplyAddEstimate(x, p, a);
                    b = Vector.MultiplyAddEstimate(x, q, b);
                    c = Vector.MultiplyAddEstimate(x, r, c);
                    d = Vector.MultiplyAddEstimate(x, s, d);
                    e = Vector.MultiplyAddEstimate(y, p, e);
                    f = Vector.MultiplyAddEstimate(y, q, f);
                    g = Vector.MultiplyAddEstimate(y, r, g);
                    h = Vector.MultiplyAddEstimate(y, s, h);
                    place += (nuint)width;
                }
                Store(first[column..], a, b, c, d);
                Store(second[column..], e, f, g, h);
            }
            for (; column < width; column++)
            {
                (first[column], second[column]) = (0, 0);
                for (var k = 0; k < inner; k++)
                {
                    first[column] += upper[k] * right[k * width + column];
                    second[column] += lower[k] * right[k * width + column];
                }
            }
        }
    }

    private static void Store(Span<float> target, Vector<float> a, Vector<float> b, Vector<float> c, Vector<float> d)
    {
        var lanes = Vector<float>.Count;
        a.CopyTo(target);
        b.CopyTo(target[lanes..]);
        c.CopyTo(target[(2 * lanes)..]);
        d.CopyTo(target[(3 * lanes)..]);
    }
}
