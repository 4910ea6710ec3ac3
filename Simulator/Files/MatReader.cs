using System.Buffers.Binary;

namespace Simulator.Files;

/// <summary>Reads the data elements of a <c>.mat</c> file of level 5 in either byte order, from the file or from inflated data.</summary>
/// <param name="stream">At the beginning of an element.</param>
/// <param name="isBigEndian">The file's byte order.</param>
internal sealed class MatReader(Stream stream, bool isBigEndian)
{
    private const int ChunkElements = 1 << 15;

    /// <summary>Reads the head of the next element.</summary>
    public MatTag Tag()
    {
        var word = Unsigned();
        return word >> 16 > 0 ? new MatTag(word & 0xFFFF, word >> 16, true) : new MatTag(word, Unsigned(), false);
    }

    /// <summary>Reads the head of an element that must be of a given type.</summary>
    /// <param name="type">The type.</param>
    public MatTag Tag(uint type) => Tag() is var tag && tag.Type == type
        ? tag
        : throw new FormatException($"an element of type {tag.Type} stands where one of type {type} is expected");

    /// <summary>Reads the data of a short element.</summary>
    /// <param name="tag">Its head.</param>
    /// <param name="most">The most bytes that it may have.</param>
    public byte[] Bytes(MatTag tag, int most)
    {
        if (tag.Length > most || tag.IsSmall && tag.Length > 4)
            throw new FormatException($"an element of {tag.Length} bytes stands where at most {most} are expected");
        var bytes = new byte[tag.Length];
        stream.ReadExactly(bytes);
        Skip(tag.Padding);
        return bytes;
    }

    /// <summary>Reads the variable's head up to its numbers.</summary>
    /// <param name="position">Where the variable begins in the file.</param>
    public MatVariable Variable(long position)
    {
        var flags = Bytes(Tag(MatTag.UnsignedIntegers), 8);
        if (flags.Length < 4)
            throw new FormatException("array flags are incomplete");
        var word = Unsigned(flags);
        var kind = MatVariable.KindOf(word & 0xFF);
        if (kind is "opaque" or "unknown")
            return new MatVariable("", kind, false, [], position);
        var lengths = Bytes(Tag(MatTag.Integers), 4 * 64);
        long[] shape = [.. Enumerable.Range(0, lengths.Length / 4).Select(axis => (long)(int)Unsigned(lengths.AsSpan(4 * axis)))];
        if (shape.Length < 2 || shape.Any(length => length < 0))
            throw new FormatException($"a variable has the shape ({string.Join(", ", shape)})");
        var name = System.Text.Encoding.UTF8.GetString(Bytes(Tag(MatTag.Characters), 4096));
        return new MatVariable(name, kind, (word & 0x800) != 0, shape, position);
    }

    /// <summary>Reads an element of numbers, whatever type they are stored in.</summary>
    /// <param name="count">How many there must be.</param>
    /// <param name="take">Takes the numbers piece by piece.</param>
    public void Numbers(long count, Action<ReadOnlySpan<double>> take)
    {
        var tag = Tag();
        if (tag.ElementBytes == 0)
            throw new FormatException($"data of type {tag.Type} stand where numbers are expected");
        if (tag.Length != count * tag.ElementBytes || tag.IsSmall && tag.Length > 4)
            throw new FormatException($"{tag.Length} bytes of data stand where {count} numbers are expected");
        var bytes = new byte[ChunkElements * tag.ElementBytes];
        var values = new double[ChunkElements];
        for (var left = count; left > 0;)
        {
            var now = (int)Math.Min(left, ChunkElements);
            stream.ReadExactly(bytes.AsSpan(0, now * tag.ElementBytes));
            for (var i = 0; i < now; i++)
                values[i] = Number(bytes.AsSpan(i * tag.ElementBytes, tag.ElementBytes), tag.Type);
            take(values.AsSpan(0, now));
            left -= now;
        }
        Skip(tag.Padding);
    }

    private double Number(ReadOnlySpan<byte> bytes, uint type) => (type, isBigEndian) switch
    {
        (1, _) => (sbyte)bytes[0],
        (2, _) => bytes[0],
        (3, false) => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        (3, true) => BinaryPrimitives.ReadInt16BigEndian(bytes),
        (4, false) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        (4, true) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        (5, _) => (int)Unsigned(bytes),
        (6, _) => Unsigned(bytes),
        (7, false) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        (7, true) => BinaryPrimitives.ReadSingleBigEndian(bytes),
        (9, false) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        (9, true) => BinaryPrimitives.ReadDoubleBigEndian(bytes),
        (12, false) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        (12, true) => BinaryPrimitives.ReadInt64BigEndian(bytes),
        (_, false) => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        (_, true) => BinaryPrimitives.ReadUInt64BigEndian(bytes),
    };

    private uint Unsigned()
    {
        Span<byte> bytes = stackalloc byte[4];
        stream.ReadExactly(bytes);
        return Unsigned(bytes);
    }

    private uint Unsigned(ReadOnlySpan<byte> bytes) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private void Skip(int count)
    {
        Span<byte> bytes = stackalloc byte[8];
        stream.ReadExactly(bytes[..count]);
    }
}
