using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using static TorchSharp.torch;

namespace Feedback.Models;

/// <summary>Named tensors in one file of the safetensors format [SafeTensors].</summary>
/// <remarks>Eight bytes of header length, a JSON header with type, shape and place of each tensor, then the data without gaps.</remarks>
public static class SafeTensorsFile
{
    private const int LargestHeader = 100_000_000;
    private const string Metadata = "__metadata__";

    private static readonly (string Name, ScalarType Type, int Size)[] Types =
    [
        ("F16", ScalarType.Float16, 2),
        ("F32", ScalarType.Float32, 4),
        ("F64", ScalarType.Float64, 8),
        ("I32", ScalarType.Int32, 4),
        ("I64", ScalarType.Int64, 8),
        ("U8", ScalarType.Byte, 1),
    ];

    /// <summary>Writes tensors.</summary>
    /// <param name="destination">Where; left open.</param>
    /// <param name="tensors">Name and tensor of type F16, F32, F64, I32, I64 or U8; they are stored in the order of their names.</param>
    public static void Write(Stream destination, IReadOnlyDictionary<string, Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(tensors);
        using var scope = NewDisposeScope();
        var ordered = tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            var offset = 0L;
            foreach (var (name, values) in ordered)
            {
                var type = Array.Find(Types, type => type.Type == values.dtype);
                if (type.Name is null)
                    throw new ArgumentException($"The tensor '{name}' is of type {values.dtype}; permitted: {string.Join(", ", Types.Select(type => type.Type))}.", nameof(tensors));
                var end = offset + values.numel() * type.Size;
                json.WriteStartObject(name);
                json.WriteString("dtype", type.Name);
                WriteNumbers(json, "shape", values.shape);
                WriteNumbers(json, "data_offsets", [offset, end]);
                json.WriteEndObject();
                offset = end;
            }
            json.WriteEndObject();
        }
        while (header.Length % 8 != 0)
        {
            header.WriteByte((byte)' ');
        }
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        destination.Write(length);
        header.WriteTo(destination);
        foreach (var (_, values) in ordered)
        {
            using var plain = values.detach().cpu().contiguous();
            destination.Write(plain.bytes);
        }
    }

    /// <summary>Reads all tensors.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <returns>Name and tensor, on the CPU, owned by the caller's dispose scope.</returns>
    /// <exception cref="InvalidModelException">The file is not of the format.</exception>
    public static Dictionary<string, Tensor> Read(ReadOnlySpan<byte> content, string file)
    {
        if (content.Length < 8)
            throw Invalid(file, $"it has {content.Length} bytes, at least 8 are needed");
        var length = BinaryPrimitives.ReadInt64LittleEndian(content);
        if (length < 2 || length > LargestHeader || length > content.Length - 8)
            throw Invalid(file, string.Create(CultureInfo.InvariantCulture, $"its header claims {length} bytes of {content.Length - 8}"));
        using var document = Parse(content.Slice(8, (int)length), file);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw Invalid(file, "its header is no JSON object");
        using var scope = NewDisposeScope();
        var data = content[(8 + (int)length)..];
        var result = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var entry in document.RootElement.EnumerateObject().Where(entry => entry.Name != Metadata))
        {
            if (!result.TryAdd(entry.Name, ReadTensor(entry, data, file)))
                throw Invalid(file, $"the tensor '{entry.Name}' stands in it twice");
        }
        foreach (var values in result.Values)
        {
            values.MoveToOuterDisposeScope();
        }
        return result;
    }

    private static JsonDocument Parse(ReadOnlySpan<byte> header, string file)
    {
        try
        {
            return JsonDocument.Parse(header.ToArray());
        }
        catch (JsonException exception)
        {
            throw new InvalidModelException($"'{file}' is no safetensors file: its header is not JSON.", exception);
        }
    }

    private static Tensor ReadTensor(JsonProperty entry, ReadOnlySpan<byte> data, string file)
    {
        var (type, shape, first, end) = Describe(entry, file);
        var size = Array.Find(Types, known => known.Name == type).Size;
        if (size == 0)
            throw Invalid(file, $"the tensor '{entry.Name}' is of type '{type}'; permitted: {string.Join(", ", Types.Select(known => known.Name))}");
        var count = 1L;
        foreach (var side in shape)
        {
            if (side < 0 || (side > 0 && count > int.MaxValue / side))
                throw Invalid(file, $"the tensor '{entry.Name}' has the shape [{string.Join(", ", shape)}]");
            count *= side;
        }
        if (first < 0 || end > data.Length || end - first != count * size)
            throw Invalid(file, string.Create(CultureInfo.InvariantCulture, $"the tensor '{entry.Name}' of {count * size} bytes claims bytes {first} … {end} of {data.Length}"));
        var values = empty(shape, dtype: Array.Find(Types, known => known.Name == type).Type);
        data[(int)first..(int)end].CopyTo(values.bytes);
        return values;
    }

    private static (string Type, long[] Shape, long First, long End) Describe(JsonProperty entry, string file)
    {
        try
        {
            var offsets = entry.Value.GetProperty("data_offsets");
            long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(side => side.GetInt64())];
            return (entry.Value.GetProperty("dtype").GetString() ?? "", shape, offsets[0].GetInt64(), offsets[1].GetInt64());
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new InvalidModelException($"'{file}' is no safetensors file: the entry '{entry.Name}' lacks dtype, shape or data_offsets.", exception);
        }
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, long[] numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }
        json.WriteEndArray();
    }

    private static InvalidModelException Invalid(string file, string what) => new($"'{file}' is no safetensors file: {what}.");
}
