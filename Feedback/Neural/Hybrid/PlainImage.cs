using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Feedback.Neural.Hybrid;

/// <summary>Planes of rows of numbers with zeros around each plane.</summary>
/// <remarks>Whole blocks of columns are computed; those beyond the last column are of no meaning until they are cleared.</remarks>
internal sealed class PlainImage
{
    /// <summary>Columns that are computed at once: two vectors.</summary>
    public const int Block = 16;

    /// <summary>Numbers of a vector. Its width changes no sum, since no sum runs along it.</summary>
    public const int Lanes = 8;

    // Zeros on every side; no kernel reaches further, and neither do blocks of four rows.
    private const int Margin = 4;
    private readonly float[] values;

    public PlainImage(int planes, int rows, int columns)
    {
        (Planes, Rows, Columns) = (planes, rows, columns);
        Stride = (columns + Block - 1) / Block * Block + 2 * Margin;
        PlaneSize = (rows + 2 * Margin) * Stride;
        values = new float[planes * PlaneSize];
    }

    public int Planes { get; }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Distance of two rows.</summary>
    public int Stride { get; }

    /// <summary>Distance of two planes.</summary>
    public int PlaneSize { get; }

    /// <summary>All numbers, margins too.</summary>
    public Span<float> Values => values;

    /// <summary>The first number.</summary>
    public ref float Start => ref MemoryMarshal.GetArrayDataReference(values);

    /// <summary>Where a row begins.</summary>
    public int At(int plane, int row) => plane * PlaneSize + (row + Margin) * Stride + Margin;

    /// <summary>The columns of a row.</summary>
    public Span<float> Row(int plane, int row) => values.AsSpan(At(plane, row), Columns);

    /// <summary>Clears what was computed beyond the last column of a row.</summary>
    public void Trim(int plane, int row) => values.AsSpan(At(plane, row) + Columns, Stride - 2 * Margin - Columns).Clear();

    /// <summary>Writes rows as columns.</summary>
    /// <param name="target">As many planes, rows for columns.</param>
    public void TransposeTo(PlainImage target)
    {
        for (var plane = 0; plane < Planes; plane++)
        {
            for (var row = 0; row < Rows; row++)
            {
                ref var place = ref Unsafe.Add(ref target.Start, target.At(plane, 0) + row);
                foreach (var value in Row(plane, row))
                {
                    place = value;
                    place = ref Unsafe.Add(ref place, target.Stride);
                }
            }
        }
    }

    /// <summary>max(x, slope·x) of every number, for slopes below 1.</summary>
    /// <param name="target">Of the same size.</param>
    /// <param name="slope">The slope below zero.</param>
    public void RectifyTo(PlainImage target, float slope)
    {
        for (var place = 0; place < values.Length; place += Lanes)
        {
            var value = Vector256.LoadUnsafe(ref Start, (nuint)place);
            Vector256.Max(value, value * slope).StoreUnsafe(ref target.Start, (nuint)place);
        }
    }
}
