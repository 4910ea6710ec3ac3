using static TorchSharp.torch;

namespace TorchSharp;

// The format of TorchSharp's own files: type, number of axes and lengths as LEB128 numbers, then the elements in memory order.
public static partial class TensorExtensionMethods
{
    public static void Save(this Tensor tensor, BinaryWriter writer)
    {
        using var scope = NewDisposeScope();
        var values = tensor.detach().cpu().contiguous();
        var shape = values.shape;
        writer.Write7BitEncodedInt64((long)values.dtype);
        writer.Write7BitEncodedInt64(shape.Length);
        foreach (var length in shape) writer.Write7BitEncodedInt64(length);
        writer.Write(values.bytes);
    }

    public static void Load(this Tensor tensor, BinaryReader reader, bool skip = false)
    {
        using var scope = NewDisposeScope();
        var (type, shape) = ReadHead(reader);
        if (type != tensor.dtype) throw new ArgumentException($"The file holds {type} where the tensor is {tensor.dtype}.");
        var values = ReadBody(reader, type, shape);
        if (skip) return;
        RequireShape(tensor, shape);
        using var frozen = no_grad();
        tensor.copy_(values);
    }

    public static void Load(ref Tensor? tensor, BinaryReader reader, bool skip = false)
    {
        var (type, shape) = ReadHead(reader);
        var values = ReadBody(reader, type, shape);
        if (tensor is null)
        {
            tensor = values;
            return;
        }
        using var read = values;
        if (skip) return;
        RequireShape(tensor, shape);
        using var frozen = no_grad();
        tensor.copy_(read);
    }

    private static (ScalarType, long[]) ReadHead(BinaryReader reader)
    {
        var type = (ScalarType)reader.Read7BitEncodedInt64();
        var shape = new long[reader.Read7BitEncodedInt64()];
        for (var axis = 0; axis < shape.Length; axis++) shape[axis] = reader.Read7BitEncodedInt64();
        return (type, shape);
    }

    private static Tensor ReadBody(BinaryReader reader, ScalarType type, long[] shape)
    {
        var values = empty(shape, type, CPU);
        reader.BaseStream.ReadExactly(values.bytes);
        return values;
    }

    private static void RequireShape(Tensor tensor, long[] shape)
    {
        if (!tensor.shape.SequenceEqual(shape))
            throw new ArgumentException($"The file holds a tensor of [{string.Join(", ", shape)}] where [{string.Join(", ", tensor.shape)}] is expected.");
    }
}
