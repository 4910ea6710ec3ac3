using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Simulator.Files;

/// <summary>Arrays in NumPy's <c>.npy</c> format, read row by row so that the file may be larger than memory.</summary>
/// <remarks>
/// Read are little-endian complex64 and complex128, and float32 and float64, either as they are or with a last axis of real and
/// imaginary part; C order only. The first axis counts drops.
/// </remarks>
public sealed class NpyFile
{
    private const int ChunkBytes = 1 << 20;

    private readonly string path;
    private readonly long dataOffset;
    private readonly bool wide;
    private readonly int components;

    private NpyFile(string path, NpyHeader header, long[] shape, bool wide, bool isComplex)
    {
        this.path = path;
        this.wide = wide;
        components = isComplex ? 2 : 1;
        dataOffset = header.DataOffset;
        Shape = shape;
    }

    /// <summary>Lengths of the axes of entries, slowest first.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>N, length of the first axis.</summary>
    public long Count => Shape[0];

    private long EntriesPerRow => Shape.Skip(1).Aggregate(1L, (product, length) => product * length);

    private long BytesPerRow => EntriesPerRow * components * (wide ? 8 : 4);

    /// <summary>Whether entries are complex.</summary>
    public bool IsComplex => components == 2;

    /// <summary>Opens a file of complex entries and checks everything but the values.</summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>The file, closed again until rows are read.</returns>
    /// <exception cref="NpyFormatException">The file is cut short, in Fortran order, or of another element type.</exception>
    public static NpyFile Open(string path) => Open(path, paired: true);

    /// <summary>Opens a file of real or complex entries and checks everything but the values.</summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>The file, closed again until rows are read.</returns>
    /// <exception cref="NpyFormatException">The file is cut short, in Fortran order, or of another element type.</exception>
    public static NpyFile OpenRealOrComplex(string path) => Open(path, paired: false);

    private static NpyFile Open(string path, bool paired)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = File.OpenRead(path);
        var header = NpyHeader.Read(stream, path);
        if (header.FortranOrder)
            throw new NpyFormatException($"{path} is in Fortran order; C order is read: save numpy.ascontiguousarray(x).");
        var (wide, real) = header.Descriptor switch
        {
            "<c8" => (false, false),
            "<c16" => (true, false),
            "<f4" => (false, true),
            "<f8" => (true, true),
            _ => throw new NpyFormatException(
                $"{path} holds elements of type '{header.Descriptor}'; permitted are <c8 (complex64), <c16 (complex128), and <f4 or <f8 with a last axis of real and imaginary part."),
        };
        long[] shape = [.. header.Shape];
        if (real && paired)
        {
            if (shape.Length < 2 || shape[^1] != 2)
                throw new NpyFormatException($"{path} holds real numbers of shape ({string.Join(", ", shape)}); their last axis must have length 2, real and imaginary part.");
            shape = shape[..^1];
        }
        if (shape.Length == 0 || shape.Any(length => length < 1))
            throw new NpyFormatException($"{path} has shape ({string.Join(", ", header.Shape)}); every axis must have a length of at least 1.");

        var file = new NpyFile(path, header, shape, wide, !real || paired);
        var found = stream.Length - header.DataOffset;
        var expected = shape.Aggregate(new BigInteger(file.components * (wide ? 8 : 4)), (product, length) => product * length);
        if (found != expected)
            throw new NpyFormatException($"{path} is {(found < expected ? "cut short" : "too long")}: shape ({string.Join(", ", header.Shape)}) of {header.Descriptor} takes {expected} bytes, found {found}.");
        return file;
    }

    /// <summary>Reads rows, i.e. entries along the first axis.</summary>
    /// <param name="first">Position of the first row, 0 … N-1.</param>
    /// <param name="count">Number of rows, at least 1.</param>
    /// <returns>Complex64 or, of real entries, float32 <c>[count, Shape[1], …]</c>, owned by the caller's dispose scope.</returns>
    /// <exception cref="NpyFormatException">An entry is not finite.</exception>
    public Tensor Rows(long first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, Count);
        var parts = new float[checked((int)(EntriesPerRow * count * components))];
        Scan(first, count, (position, values) => values.CopyTo(parts.AsSpan((int)position)));
        using var scope = NewDisposeScope();
        long[] shape = [count, .. Shape.Skip(1)];
        return (IsComplex ? view_as_complex(tensor(parts, [.. shape, 2])) : tensor(parts, shape)).MoveToOuterDisposeScope();
    }

    /// <summary>Checks that every entry is finite, reading the file once.</summary>
    /// <exception cref="NpyFormatException">An entry is not finite.</exception>
    public void RequireFinite() => Scan(0, Count, (_, _) => { });

    private void Scan(long first, long count, Action<long, float[]> take)
    {
        using var stream = File.OpenRead(path);
        stream.Seek(dataOffset + first * BytesPerRow, SeekOrigin.Begin);
        var buffer = new byte[ChunkBytes];
        var (remaining, position) = (count * BytesPerRow, 0L);
        while (remaining > 0)
        {
            var chunk = buffer.AsSpan(0, (int)Math.Min(remaining, ChunkBytes));
            stream.ReadExactly(chunk);
            float[] values = wide ? Narrow(MemoryMarshal.Cast<byte, double>(chunk)) : MemoryMarshal.Cast<byte, float>(chunk).ToArray();
            var bad = System.Array.FindIndex(values, value => !float.IsFinite(value));
            if (bad >= 0)
            {
                var row = first + (position + bad) / (EntriesPerRow * components);
                throw new NpyFormatException($"{path} holds {values[bad].ToString(System.Globalization.CultureInfo.InvariantCulture)} in row {row}; every entry must be finite in single precision.");
            }
            take(position, values);
            position += values.Length;
            remaining -= chunk.Length;
        }
    }

    private static float[] Narrow(ReadOnlySpan<double> values)
    {
        var narrow = new float[values.Length];
        for (var i = 0; i < narrow.Length; i++)
            narrow[i] = (float)values[i];
        return narrow;
    }
}
