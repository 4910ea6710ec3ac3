using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace Simulator.Files;

/// <summary>Writes one array in single precision to a <c>.mat</c> file of level 5, block after block along its first axis.</summary>
/// <remarks>
/// MATLAB's first axis is the fastest, so that every block is spread over the whole file; little-endian and not compressed, since only then
/// the places are known beforehand. The file appears under its name only when <see cref="Complete"/> has found all rows written.
/// </remarks>
public sealed class MatWriter : IDisposable
{
    private const long MostBytes = 1L << 31;
    private const long BufferedBytes = 1L << 26;

    private readonly string path;
    private readonly long[] shape;
    private readonly ScalarType type;
    private readonly SafeFileHandle file;
    private readonly long[] offsets;
    private readonly List<Tensor> pending = [];
    private long pendingRows;
    private long written;

    /// <summary>Starts a file.</summary>
    /// <param name="path">Path of the file; an existing one is replaced at the end.</param>
    /// <param name="variable">The array's name in MATLAB: letters, digits and underscores, a letter first.</param>
    /// <param name="type">Complex64 or float32.</param>
    /// <param name="shape">Lengths of the axes, each at least 1; at least two axes.</param>
    public MatWriter(string path, string variable, ScalarType type, params long[] shape)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(variable);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentOutOfRangeException.ThrowIfLessThan(shape.Length, 2, nameof(shape));
        foreach (var length in shape)
            ArgumentOutOfRangeException.ThrowIfLessThan(length, 1, nameof(shape));
        if (type is not (ScalarType.ComplexFloat32 or ScalarType.Float32))
            throw new ArgumentException($"Arrays of type {type} are not written; permitted are complex64 and float32.", nameof(type));
        var bytes = shape.Aggregate((Int128)4, (product, length) => product * length);
        var parts = type == ScalarType.ComplexFloat32 ? 2 : 1;
        if (bytes * parts >= MostBytes)
            throw new MatFormatException($"{path} would take {bytes * parts} bytes; a variable of a .mat file of level 5 has less than {MostBytes}: write .npy or fewer rows.");
        this.path = path;
        this.shape = [.. shape];
        this.type = type;
        var head = Head(variable, parts, (uint)bytes);
        offsets = [.. Enumerable.Range(0, parts).Select(part => head.Length + part * (Padded((long)bytes) + 8))];
        file = File.OpenHandle(PartialPath, FileMode.Create, FileAccess.Write, preallocationSize: 0);
        RandomAccess.Write(file, head, 0);
        foreach (var offset in offsets)
            RandomAccess.Write(file, Words(MatTag.Singles, (uint)bytes), offset - 8);
        RandomAccess.SetLength(file, offsets[^1] + Padded((long)bytes));
    }

    private string PartialPath => path + ".part";

    private long RowEntries => shape.Skip(1).Aggregate(1L, (product, length) => product * length);

    /// <summary>Writes the next rows.</summary>
    /// <param name="rows">Complex64 or float32 as announced <c>[n, Shape[1], …]</c>, on any device.</param>
    public void Append(Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.dtype != type)
            throw new ArgumentException($"Rows are of type {rows.dtype}; {type} was announced.", nameof(rows));
        if (!rows.shape.AsSpan(1).SequenceEqual(shape.AsSpan(1)) || written + pendingRows + rows.shape[0] > shape[0])
            throw new ArgumentException($"Rows of shape ({string.Join(", ", rows.shape)}) after {written + pendingRows} others do not fit into ({string.Join(", ", shape)}).", nameof(rows));
        using (NewDisposeScope())
            pending.Add(rows.cpu().clone().DetachFromDisposeScope());
        pendingRows += rows.shape[0];
        if (pendingRows * RowEntries * 4 * offsets.Length >= BufferedBytes)
            Flush();
    }

    /// <summary>Closes the file and gives it its name.</summary>
    public void Complete()
    {
        Flush();
        if (written != shape[0])
            throw new InvalidOperationException($"{written} of {shape[0]} rows of {path} were written.");
        file.Dispose();
        File.Move(PartialPath, path, overwrite: true);
    }

    /// <summary>Drops what is not complete.</summary>
    public void Dispose()
    {
        pending.ForEach(rows => rows.Dispose());
        pending.Clear();
        file.Dispose();
        if (File.Exists(PartialPath))
            File.Delete(PartialPath);
    }

    private void Flush()
    {
        if (pending.Count == 0)
            return;
        using var scope = NewDisposeScope();
        var rows = cat(pending, 0);
        // All axes reversed: the first becomes the fastest.
        long[] reversed = [.. Enumerable.Range(0, shape.Length).Reverse().Select(axis => (long)axis)];
        for (var part = 0; part < offsets.Length; part++)
        {
            var values = type == ScalarType.ComplexFloat32 ? view_as_real(rows.contiguous()).select(-1, part) : rows;
            Spread(values.permute(reversed).contiguous().data<float>().ToArray(), offsets[part]);
        }
        written += pendingRows;
        pendingRows = 0;
        pending.ForEach(block => block.Dispose());
        pending.Clear();
    }

    private void Spread(float[] values, long offset)
    {
        var length = (int)pendingRows;
        for (long column = 0; column < RowEntries; column++)
        {
            var run = MemoryMarshal.AsBytes(values.AsSpan((int)column * length, length));
            RandomAccess.Write(file, run, offset + (column * shape[0] + written) * 4);
        }
    }

    /// <summary>Everything in front of the real parts, the head of their element included.</summary>
    private byte[] Head(string variable, int parts, uint bytes)
    {
        var text = Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file, channels".PadRight(124));
        text.AsSpan(116).Clear();
        var name = Encoding.ASCII.GetBytes(variable);
        byte[] lengths = [.. shape.SelectMany(length => BitConverter.GetBytes(checked((int)length)))];
        byte[] inner =
        [
            .. Words(MatTag.UnsignedIntegers, 8, parts == 2 ? 0x807u : 0x007u, 0),
            .. Words(MatTag.Integers, (uint)lengths.Length), .. lengths, .. new byte[Padded(lengths.Length) - lengths.Length],
            .. Words(MatTag.Characters, (uint)name.Length), .. name, .. new byte[Padded(name.Length) - name.Length],
        ];
        var total = checked((uint)(inner.Length + parts * (8 + Padded(bytes))));
        return [.. text, 0, 1, (byte)'I', (byte)'M', .. Words(MatTag.Matrix, total), .. inner, .. new byte[8]];
    }

    private static byte[] Words(params uint[] words)
    {
        var bytes = new byte[4 * words.Length];
        for (var i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 * i), words[i]);
        return bytes;
    }

    private static long Padded(long length) => (length + 7) / 8 * 8;
}
