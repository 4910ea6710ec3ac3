using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Experiments.Configuration;

namespace Experiments.Encoded;

/// <summary>The header of a <c>.csi</c> file: everything about its reports that never crosses the air.</summary>
/// <remarks>
/// Little-endian: magic (8 bytes), version (2), CRC-32 of the header behind the first checksum (4), CRC-32 of the payload (4), length
/// of the scheme block (4), number of reports (4), the scheme block as one line of JSON in UTF-8, bits of each report (4 each).
/// </remarks>
internal sealed record CsiHeader(string SchemeBlock, IReadOnlyList<int> Bits, uint PayloadChecksum)
{
    private const ushort Version = 1;
    private const int PrefixBytes = 26;
    private const int ChecksumFrom = 14;
    private const int LongestBlock = 1 << 20;

    // Like PNG's: a byte that is no text, and line ends that a text-mode transfer would change.
    private static ReadOnlySpan<byte> Magic => [0x89, (byte)'C', (byte)'S', (byte)'I', 0x0D, 0x0A, 0x1A, 0x0A];

    public int Length => PrefixBytes + Encoding.UTF8.GetByteCount(SchemeBlock) + 4 * Bits.Count;

    public long PayloadBits => Bits.Sum(bits => (long)bits);

    public long PayloadBytes => (PayloadBits + 7) / 8;

    public byte[] ToBytes()
    {
        var block = Encoding.UTF8.GetBytes(SchemeBlock);
        var bytes = new byte[Length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(14), PayloadChecksum);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(18), block.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(22), Bits.Count);
        block.CopyTo(bytes.AsSpan(PrefixBytes));
        for (var n = 0; n < Bits.Count; n++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(PrefixBytes + block.Length + 4 * n), Bits[n]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(10), Crc32.HashToUInt32(bytes.AsSpan(ChecksumFrom)));
        return bytes;
    }

    public static CsiHeader Read(Stream stream, string path)
    {
        var prefix = new byte[PrefixBytes];
        var found = stream.ReadAtLeast(prefix, PrefixBytes, throwOnEndOfStream: false);
        if (found < Magic.Length || !prefix.AsSpan(0, Magic.Length).SequenceEqual(Magic))
            throw new BadInputException($"{path} is not a .csi file: it does not begin as one.");
        if (found < PrefixBytes)
            throw new BadInputException($"{path} is cut short: it ends within its header.");
        var version = BinaryPrimitives.ReadUInt16LittleEndian(prefix.AsSpan(8));
        if (version != Version)
            throw new BadInputException($"{path} is a .csi file of version {version}; version {Version} can be read.");
        var blockLength = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(18));
        var count = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(22));
        if (blockLength is < 0 or > LongestBlock || count < 1 || blockLength + 4L * count > stream.Length - PrefixBytes)
            throw new BadInputException($"{path} is cut short or damaged: it ends within its header.");
        var rest = new byte[blockLength + 4 * count];
        stream.ReadExactly(rest);
        var checksum = new Crc32();
        checksum.Append(prefix.AsSpan(ChecksumFrom));
        checksum.Append(rest);
        if (checksum.GetCurrentHashAsUInt32() != BinaryPrimitives.ReadUInt32LittleEndian(prefix.AsSpan(10)))
            throw new BadInputException($"{path} is damaged: the checksum of its header does not match.");
        var bits = new int[count];
        for (var n = 0; n < count; n++)
            bits[n] = BinaryPrimitives.ReadInt32LittleEndian(rest.AsSpan(blockLength + 4 * n));
        if (bits.Any(length => length < 0))
            throw new BadInputException($"{path} is damaged: a report has a negative number of bits.");
        var block = Encoding.UTF8.GetString(rest, 0, blockLength);
        return new CsiHeader(block, bits, BinaryPrimitives.ReadUInt32LittleEndian(prefix.AsSpan(14)));
    }
}
