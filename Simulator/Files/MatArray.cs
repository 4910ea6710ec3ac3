using System.Globalization;
using static TorchSharp.torch;

namespace Simulator.Files;

/// <summary>A variable of a <c>.mat</c> file in memory, in single precision, its first axis counting rows.</summary>
public sealed class MatArray
{
    private readonly string path;
    private readonly long[] taken = new long[2];
    private readonly int components;
    private float[] parts = [];
    private int[] places = [];

    /// <summary>Prepares for the numbers of a variable; room for them is made once the first come, since a damaged file may claim any shape.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="variable">The variable.</param>
    internal MatArray(string path, MatVariable variable)
    {
        this.path = path;
        Name = variable.Name;
        Shape = variable.Shape;
        components = variable.IsComplex ? 2 : 1;
        if (Shape.Aggregate((double)components, (product, length) => product * length) > System.Array.MaxLength)
            throw new MatFormatException($"{path}: {variable} is too large to be kept in memory; save it as .npy, which is read piece by piece.");
    }

    /// <summary>The variable's name.</summary>
    public string Name { get; }

    /// <summary>Lengths of the axes in MATLAB's order.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Whether the numbers are complex.</summary>
    public bool IsComplex => components == 2;

    /// <summary>N, length of the first axis.</summary>
    public long Count => Shape[0];

    /// <summary>Numbers in all, each real or complex.</summary>
    internal long Entries => Shape.Aggregate(1L, (product, length) => product * length);

    /// <summary>Takes rows, i.e. entries along the first axis.</summary>
    /// <param name="first">Position of the first row, 0 … N-1.</param>
    /// <param name="count">Number of rows, at least 1.</param>
    /// <returns>Complex64 or, of a real variable, float32 <c>[count, Shape[1], …]</c>, owned by the caller's dispose scope.</returns>
    public Tensor Rows(long first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, Count);
        using var scope = NewDisposeScope();
        var length = places.Length * components;
        var rows = parts.AsSpan(checked((int)(first * length)), count * length).ToArray();
        long[] shape = [count, .. Shape.Skip(1)];
        return (IsComplex ? view_as_complex(tensor(rows, [.. shape, 2])) : tensor(rows, shape)).MoveToOuterDisposeScope();
    }

    /// <summary>Takes the next numbers of the file, first axis fastest.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="part">0 for real parts, 1 for imaginary parts.</param>
    /// <exception cref="MatFormatException">A number is not finite.</exception>
    internal void Take(ReadOnlySpan<double> values, int part)
    {
        if (parts.Length == 0)
            (parts, places) = (new float[Entries * components], RowOrder(Shape));
        var (column, row) = Math.DivRem(taken[part], Count);
        foreach (var value in values)
        {
            var narrow = (float)value;
            if (!float.IsFinite(narrow))
                throw new MatFormatException($"{path}: '{Name}' holds {value.ToString(CultureInfo.InvariantCulture)} in row {row}; every entry must be finite in single precision.");
            parts[(row * places.Length + places[column]) * components + part] = narrow;
            if (++row == Count)
                (row, column) = (0, column + 1);
        }
        taken[part] += values.Length;
    }

    /// <summary>Where the entries of a row stand when its last axis is fastest, listed with its first axis fastest.</summary>
    private static int[] RowOrder(IReadOnlyList<long> shape)
    {
        var order = new int[] { 0 };
        var stride = shape.Skip(1).Aggregate(1L, (product, length) => product * length);
        for (var axis = 1; axis < shape.Count; axis++)
        {
            stride /= shape[axis];
            var (step, before) = ((int)stride, order);
            order = [.. Enumerable.Range(0, (int)shape[axis]).SelectMany(position => before.Select(place => place + position * step))];
        }
        return order;
    }
}
