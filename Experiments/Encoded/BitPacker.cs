using System.IO.Hashing;
using Simulator;

namespace Experiments.Encoded;

/// <summary>Appends messages to a stream without a gap between them, and keeps the checksum of what was written.</summary>
internal sealed class BitPacker(Stream stream)
{
    private readonly Crc32 checksum = new();
    private byte begun;
    private int used;

    public void Append(BitString message)
    {
        var source = message.Bytes;
        var whole = (used + message.Length) / 8;
        var packed = new byte[whole];
        for (var i = 0; i < source.Length; i++)
        {
            var joined = (byte)(begun | source[i] >> used);
            var rest = (byte)(used == 0 ? 0 : source[i] << (8 - used));
            if (i < whole)
            {
                packed[i] = joined;
                begun = rest;
            }
            else
            {
                begun = joined;
            }
        }
        used = (used + message.Length) % 8;
        Write(packed);
    }

    public uint Finish()
    {
        if (used > 0)
            Write([begun]);
        return checksum.GetCurrentHashAsUInt32();
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        checksum.Append(bytes);
        stream.Write(bytes);
    }
}
