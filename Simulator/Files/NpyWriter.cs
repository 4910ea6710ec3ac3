using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Simulator.Files;

/// <summary>Writes a complex64 or float32 array to an <c>.npy</c> file, block after block along its first axis.</summary>
/// <remarks>The file appears under its name only when <see cref="Complete"/> has found all rows written; until then it ends in <c>.part</c>.</remarks>
public sealed class NpyWriter : IDisposable
{
    private readonly string path;
    private readonly long[] shape;
    private readonly ScalarType type;
    private readonly FileStream stream;
    private long written;

    /// <summary>Starts a file of complex64 entries.</summary>
    /// <param name="path">Path of the file; an existing one is replaced at the end.</param>
    /// <param name="shape">Lengths of the axes, slowest first, each at least 1.</param>
    public NpyWriter(string path, params long[] shape)
        : this(path, ScalarType.ComplexFloat32, shape)
    {
    }

    /// <summary>Starts a file.</summary>
    /// <param name="path">Path of the file; an existing one is replaced at the end.</param>
    /// <param name="type">Complex64 or float32.</param>
    /// <param name="shape">Lengths of the axes, slowest first, each at least 1.</param>
    public NpyWriter(string path, ScalarType type, params long[] shape)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentOutOfRangeException.ThrowIfZero(shape.Length);
        foreach (var length in shape)
            ArgumentOutOfRangeException.ThrowIfLessThan(length, 1, nameof(shape));
        if (type is not (ScalarType.ComplexFloat32 or ScalarType.Float32))
            throw new ArgumentException($"Arrays of type {type} are not written; permitted are complex64 and float32.", nameof(type));
        this.path = path;
        this.shape = [.. shape];
        this.type = type;
        stream = File.Create(PartialPath);
        stream.Write(NpyHeader.Bytes(type == ScalarType.Float32 ? "<f4" : "<c8", this.shape));
    }

    private string PartialPath => path + ".part";

    /// <summary>Writes a whole array at once.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="array">Complex64 <c>[N, …]</c> on any device.</param>
    public static void Write(string path, Tensor array)
    {
        ArgumentNullException.ThrowIfNull(array);
        using var writer = new NpyWriter(path, array.shape);
        writer.Append(array);
        writer.Complete();
    }

    /// <summary>Writes the next rows.</summary>
    /// <param name="rows">Complex64 or float32 as announced <c>[n, Shape[1], …]</c>, on any device.</param>
    public void Append(Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.dtype != type)
            throw new ArgumentException($"Rows are of type {rows.dtype}; {type} was announced.", nameof(rows));
        if (!rows.shape.AsSpan(1).SequenceEqual(shape.AsSpan(1)) || written + rows.shape[0] > shape[0])
            throw new ArgumentException($"Rows of shape ({string.Join(", ", rows.shape)}) after {written} others do not fit into ({string.Join(", ", shape)}).", nameof(rows));
        using var scope = NewDisposeScope();
        var values = rows.contiguous().cpu();
        var parts = type == ScalarType.Float32 ? values : view_as_real(values).contiguous();
        for (long row = 0; row < parts.shape[0]; row++)
            stream.Write(MemoryMarshal.AsBytes<float>(parts[row].contiguous().data<float>().ToArray()));
        written += rows.shape[0];
    }

    /// <summary>Closes the file and gives it its name.</summary>
    public void Complete()
    {
        if (written != shape[0])
            throw new InvalidOperationException($"{written} of {shape[0]} rows of {path} were written.");
        stream.Dispose();
        File.Move(PartialPath, path, overwrite: true);
    }

    /// <summary>Drops what is not complete.</summary>
    public void Dispose()
    {
        stream.Dispose();
        if (File.Exists(PartialPath))
            File.Delete(PartialPath);
    }
}
