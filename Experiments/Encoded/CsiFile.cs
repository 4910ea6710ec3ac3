using System.IO.Hashing;
using Experiments.Configuration;
using Simulator;

namespace Experiments.Encoded;

/// <summary>Encoded reports on disk: what a receiver knows beforehand in the header, then the messages packed bit after bit.</summary>
/// <remarks>The payload takes ⌈sum of all bits / 8⌉ bytes; nothing separates the messages.</remarks>
public sealed class CsiFile
{
    private readonly string path;
    private readonly CsiHeader header;
    private readonly long[] starts;

    private CsiFile(string path, CsiHeader header)
    {
        this.path = path;
        this.header = header;
        starts = new long[header.Bits.Count];
        for (var n = 1; n < starts.Length; n++)
            starts[n] = starts[n - 1] + header.Bits[n - 1];
    }

    /// <summary>The scheme with all options, dimensions and model checksums, one line of JSON with sorted keys.</summary>
    public string SchemeBlock => header.SchemeBlock;

    /// <summary>Number of reports.</summary>
    public int Count => header.Bits.Count;

    /// <summary>Bits of each report.</summary>
    public IReadOnlyList<int> Bits => header.Bits;

    /// <summary>Size of the messages together [byte].</summary>
    public long PayloadBytes => header.PayloadBytes;

    /// <summary>Size of the file [byte].</summary>
    public long FileBytes => header.Length + header.PayloadBytes;

    /// <summary>Opens a file and checks all of it but the scheme block.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The file, closed again until messages are read.</returns>
    /// <exception cref="BadInputException">It is no such file, of another version, cut or damaged.</exception>
    public static CsiFile Open(string path)
    {
        if (!File.Exists(path))
            throw new BadInputException($"'{path}' does not exist.");
        using var stream = File.OpenRead(path);
        var header = CsiHeader.Read(stream, path);
        var file = new CsiFile(path, header);
        if (stream.Length != file.FileBytes)
        {
            throw new BadInputException(
                $"{path} is {(stream.Length < file.FileBytes ? "cut short" : "too long")}: its header announces {file.FileBytes} bytes, found {stream.Length}.");
        }
        var checksum = new Crc32();
        checksum.Append(stream);
        return checksum.GetCurrentHashAsUInt32() == header.PayloadChecksum
            ? file
            : throw new BadInputException($"{path} is damaged: the checksum of its payload does not match.");
    }

    /// <summary>Writes a file; it appears under its name when it is complete.</summary>
    /// <param name="path">The file to make or to replace.</param>
    /// <param name="schemeBlock">The scheme with all options, dimensions and model checksums, one line of JSON.</param>
    /// <param name="count">Number of reports, at least 1.</param>
    /// <param name="messages">The messages in order, drawn while the file is written.</param>
    /// <returns>The file.</returns>
    public static CsiFile Write(string path, string schemeBlock, int count, IEnumerable<BitString> messages)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(messages);
        CsiHeader? header = null;
        Running.AtomicFile.Write(path, stream =>
        {
            // The place of the header is known before its content is.
            var bits = new List<int>(count);
            stream.Position = new CsiHeader(schemeBlock, new int[count], 0).Length;
            var packer = new BitPacker(stream);
            foreach (var message in messages)
            {
                bits.Add(message.Length);
                packer.Append(message);
            }
            if (bits.Count != count)
                throw new InvalidOperationException($"{bits.Count} of {count} messages were written.");
            header = new CsiHeader(schemeBlock, bits, packer.Finish());
            stream.Position = 0;
            stream.Write(header.ToBytes());
        });
        return new CsiFile(path, header!);
    }

    /// <summary>Reads messages.</summary>
    /// <param name="first">Position of the first report, 0 … N-1.</param>
    /// <param name="count">Number of reports, at least 1.</param>
    /// <returns>The messages.</returns>
    public IReadOnlyList<BitString> Messages(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)first + count, Count);
        using var stream = File.OpenRead(path);
        return [.. Enumerable.Range(first, count).Select(n => Message(stream, n))];
    }

    private BitString Message(FileStream stream, int n)
    {
        var shift = (int)(starts[n] & 7);
        var bytes = new byte[(shift + header.Bits[n] + 7) / 8];
        stream.Position = header.Length + (starts[n] >> 3);
        stream.ReadExactly(bytes);
        for (var i = 0; shift > 0 && i < bytes.Length; i++)
            bytes[i] = (byte)(bytes[i] << shift | (i + 1 < bytes.Length ? bytes[i + 1] >> (8 - shift) : 0));
        return new BitString(bytes, header.Bits[n]);
    }
}
