using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Simulator.Files;

/// <summary>The header of an <c>.npy</c> file: element type, order and shape (NumPy enhancement proposal 1, versions 1 to 3).</summary>
/// <param name="Descriptor">The element type as NumPy writes it, e.g. <c>&lt;c8</c>.</param>
/// <param name="FortranOrder">Whether the first axis is contiguous instead of the last.</param>
/// <param name="Shape">Lengths of the axes, slowest first.</param>
/// <param name="DataOffset">Position of the first element [byte].</param>
internal sealed partial record NpyHeader(string Descriptor, bool FortranOrder, IReadOnlyList<long> Shape, long DataOffset)
{
    private const int PrefixLength = 8;
    private const int Alignment = 64;
    private const int LongestText = 1 << 20;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the header from the beginning of a stream.</summary>
    /// <param name="stream">The file, at its beginning.</param>
    /// <param name="name">The file's name for messages.</param>
    /// <returns>The header.</returns>
    public static NpyHeader Read(Stream stream, string name)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        var found = stream.ReadAtLeast(prefix, PrefixLength, throwOnEndOfStream: false);
        if (found == 0)
            throw new NpyFormatException($"{name} is empty, 0 bytes long.");
        if (found < PrefixLength || !prefix[..6].SequenceEqual(Magic))
            throw new NpyFormatException($"{name} is not an .npy file: it does not begin with \\x93NUMPY.");
        int version = prefix[6];
        if (version is < 1 or > 3)
            throw new NpyFormatException($"{name} is .npy version {version}.{prefix[7]}; versions 1 to 3 can be read.");

        Span<byte> lengthBytes = stackalloc byte[4];
        var lengthField = lengthBytes[..(version == 1 ? 2 : 4)];
        lengthBytes.Clear();
        var complete = stream.ReadAtLeast(lengthField, lengthField.Length, throwOnEndOfStream: false) == lengthField.Length;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        if (!complete || length > LongestText)
            throw new NpyFormatException($"{name} is cut short or damaged: its header cannot be read.");
        var text = new byte[length];
        if (stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) < text.Length)
            throw new NpyFormatException($"{name} is cut short: its header of {length} bytes is incomplete.");
        var encoding = version == 3 ? Encoding.UTF8 : Encoding.Latin1;
        return Parse(encoding.GetString(text), PrefixLength + lengthField.Length + length, name);
    }

    /// <summary>The bytes that precede the data, version 1.0, C order.</summary>
    /// <param name="descriptor">The element type as NumPy writes it.</param>
    /// <param name="shape">Lengths of the axes, slowest first.</param>
    /// <returns>Magic, version, length and text, padded to a multiple of 64 bytes.</returns>
    public static byte[] Bytes(string descriptor, IReadOnlyList<long> shape)
    {
        var lengths = string.Join(", ", shape.Select(length => length.ToString(CultureInfo.InvariantCulture)));
        var tuple = shape.Count == 1 ? $"({lengths},)" : $"({lengths})";
        var text = $"{{'descr': '{descriptor}', 'fortran_order': False, 'shape': {tuple}, }}";
        var total = (PrefixLength + 2 + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        var bytes = new byte[total];
        bytes.AsSpan().Fill((byte)' ');
        Magic.CopyTo(bytes);
        (bytes[6], bytes[7]) = (1, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(PrefixLength), checked((ushort)(total - PrefixLength - 2)));
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(PrefixLength + 2));
        bytes[^1] = (byte)'\n';
        return bytes;
    }

    private static NpyHeader Parse(string text, long dataOffset, string name)
    {
        var structured = StructuredDescriptor().IsMatch(text);
        var descriptor = DescriptorField().Match(text);
        var order = OrderField().Match(text);
        var shape = ShapeField().Match(text);
        if (structured)
            throw new NpyFormatException($"{name} holds a structured array; plain complex or real arrays can be read.");
        if (!descriptor.Success || !order.Success || !shape.Success)
            throw new NpyFormatException($"{name} has a damaged header: descr, fortran_order or shape is missing in '{text.Trim()}'.");
        var fields = shape.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var lengths = new long[fields.Length];
        for (var axis = 0; axis < fields.Length; axis++)
        {
            if (!long.TryParse(fields[axis], NumberStyles.None, CultureInfo.InvariantCulture, out lengths[axis]))
                throw new NpyFormatException($"{name} has a damaged header: shape ({shape.Groups[1].Value}).");
        }
        return new NpyHeader(descriptor.Groups[1].Value, order.Groups[1].Value == "True", lengths, dataOffset);
    }

    [GeneratedRegex(@"['""]descr['""]\s*:\s*\[")]
    private static partial Regex StructuredDescriptor();

    [GeneratedRegex(@"['""]descr['""]\s*:\s*['""]([^'""]*)['""]")]
    private static partial Regex DescriptorField();

    [GeneratedRegex(@"['""]fortran_order['""]\s*:\s*(True|False)")]
    private static partial Regex OrderField();

    [GeneratedRegex(@"['""]shape['""]\s*:\s*\(([^)]*)\)")]
    private static partial Regex ShapeField();
}
