using System.IO.Compression;
using System.Text;

namespace Simulator.Files;

/// <summary>Numeric arrays in MATLAB's <c>.mat</c> files of level 5, compressed (<c>save -v7</c>) or not (<c>-v6</c>), of either byte order.</summary>
/// <remarks>
/// Read are full real and complex arrays of any number of axes in double, single or integer precision. MATLAB stores them with the first
/// axis fastest, so that the variable is turned round and kept in memory in single precision.
/// </remarks>
public static class MatFile
{
    private const int HeaderBytes = 128;
    private const int VersionOffset = 124;

    /// <summary>Reads one variable.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="variable">Its name; empty for the only array of numbers in the file.</param>
    /// <returns>The variable, its first axis counting rows.</returns>
    /// <exception cref="MatFormatException">The file is damaged, of another version, or has no such array of finite numbers.</exception>
    public static MatArray Read(string path, string variable = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(variable);
        using var file = File.OpenRead(path);
        try
        {
            var isBigEndian = ReadHeader(file, path);
            var found = Scan(file, isBigEndian, path);
            var chosen = Choose(found, path, variable);
            file.Position = chosen.Position;
            return Numbers(file, isBigEndian, path);
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidDataException or FormatException)
        {
            var reason = exception switch
            {
                EndOfStreamException => "it ends within a variable",
                InvalidDataException => "compressed data do not agree with their checksum or are none",
                _ => exception.Message,
            };
            throw new MatFormatException($"{path} is cut short or damaged: {reason}.", exception);
        }
    }

    private static bool ReadHeader(FileStream file, string path)
    {
        var header = new byte[HeaderBytes];
        var length = file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
        var text = Encoding.ASCII.GetString(header, 0, Math.Min(length, 116));
        if (text.StartsWith("MATLAB 7.3", StringComparison.Ordinal) || header is [0x89, (byte)'H', (byte)'D', (byte)'F', ..])
            throw new MatFormatException($"{path} is a MATLAB 7.3 file (HDF5); save the variable again with save(..., '-v7').");
        if (length == 0)
            throw new MatFormatException($"{path} is empty, 0 bytes long.");
        if (length < HeaderBytes || !text.StartsWith("MATLAB", StringComparison.Ordinal))
            throw new MatFormatException($"{path} is not a .mat file of level 5: it does not begin with 128 bytes that start with 'MATLAB'.");
        return header.AsSpan(VersionOffset, 4) switch
        {
            [0, 1, (byte)'I', (byte)'M'] => false,
            [1, 0, (byte)'M', (byte)'I'] => true,
            _ => throw new MatFormatException($"{path} is a .mat file of an unknown version; level 5 is read: save(..., '-v7')."),
        };
    }

    private static List<MatVariable> Scan(FileStream file, bool isBigEndian, string path)
    {
        var found = new List<MatVariable>();
        while (file.Position < file.Length)
        {
            var position = file.Position;
            var tag = new MatReader(file, isBigEndian).Tag();
            var end = file.Position + (tag.IsSmall ? sizeof(int) : tag.Length);
            if (end > file.Length)
                throw new MatFormatException($"{path} is cut short: the element at byte {position} takes {tag.Length} bytes, found {file.Length - file.Position}.");
            if (tag.Type is MatTag.Matrix or MatTag.Compressed && tag.Length > 0)
            {
                file.Position = position;
                var variable = WithElement(file, isBigEndian, toTheEnd: false, reader => reader.Variable(position));
                if (variable.Name.Length > 0)
                    found.Add(variable);
            }
            file.Position = end;
        }
        return found;
    }

    private static MatVariable Choose(List<MatVariable> found, string path, string variable)
    {
        var list = found.Count > 0 ? $"found: {string.Join(", ", found)}" : "it holds none";
        var chosen = variable.Length > 0 ? found.Find(candidate => candidate.Name == variable)
            : found.Count(candidate => candidate.IsNumeric) == 1 ? found.Find(candidate => candidate.IsNumeric)
            : throw new MatFormatException($"{path} does not hold exactly one array of numbers, so that the variable must be named; {list}.");
        if (chosen is null)
            throw new MatFormatException($"{path} has no variable '{variable}'; {list}.");
        if (!chosen.IsNumeric)
            throw new MatFormatException($"{path}: '{chosen.Name}' is of class {chosen.Kind}; permitted are full arrays of double, single or integer numbers.");
        if (chosen.Shape.Any(length => length < 1))
            throw new MatFormatException($"{path}: {chosen} is empty; every axis must have a length of at least 1.");
        return chosen;
    }

    private static MatArray Numbers(FileStream file, bool isBigEndian, string path) => WithElement(file, isBigEndian, toTheEnd: true, reader =>
    {
        var variable = reader.Variable(0);
        var array = new MatArray(path, variable);
        reader.Numbers(array.Entries, values => array.Take(values, 0));
        if (variable.IsComplex)
            reader.Numbers(array.Entries, values => array.Take(values, 1));
        return array;
    });

    /// <summary>Reads within the element that begins here, inflating it where it is compressed; to its end, where its checksum is.</summary>
    private static TResult WithElement<TResult>(FileStream file, bool isBigEndian, bool toTheEnd, Func<MatReader, TResult> read)
    {
        var reader = new MatReader(file, isBigEndian);
        if (reader.Tag().Type != MatTag.Compressed)
            return read(reader);
        using var inflated = new ZLibStream(file, CompressionMode.Decompress, leaveOpen: true);
        var inner = new MatReader(inflated, isBigEndian);
        inner.Tag(MatTag.Matrix);
        var result = read(inner);
        if (toTheEnd && inflated.ReadByte() >= 0)
            throw new FormatException("compressed data go on behind the variable");
        return result;
    }
}
