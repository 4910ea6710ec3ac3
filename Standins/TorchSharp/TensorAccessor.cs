using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>The numbers of a tensor on the CPU, in row-major order whatever the strides.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private Tensor? tensor;
    private T* data;

    internal TensorAccessor(Tensor tensor)
    {
        if (tensor.device_type != DeviceType.CPU) throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
        this.tensor = tensor;
        data = (T*)Native.Data(tensor.Handle);
    }

    public long Count => tensor?.numel() ?? 0;

    private Tensor Source => tensor ?? throw new ObjectDisposedException(nameof(TensorAccessor<T>));

    public T[] ToArray()
    {
        var array = new T[Source.ndim == 0 ? 1 : Count];
        if (Source.ndim < 2 && array.Length == 0) return array;
        CopyTo(array);
        return array;
    }

    public T this[params long[] indices] => data[Offset(indices)];

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0) => Gather(Start(tensorIndex), array[arrayIndex..]);

    private void Gather(long start, Span<T> array)
    {
        int count = (int)Math.Min(array.Length, Count - start);
        if (Source.is_contiguous()) new ReadOnlySpan<T>(data + start, count).CopyTo(array);
        else
        {
            Walk walk = new(Source, start);
            for (int i = 0; i < count && walk.Next(); i++) array[i] = data[walk.Offset];
        }
        GC.KeepAlive(tensor);
    }

    private long Start(long index) => index >= 0 && index < Count ? index : throw new ArgumentOutOfRangeException("startingIndex");

    private long Offset(long[] indices)
    {
        if (indices.Length != 1) return Offset(indices, Source);
        return indices[0] < Count ? Offset(indices[0], Source) : throw new IndexOutOfRangeException();
    }

    private static long Offset(long index, Tensor tensor)
    {
        if (index < 0 || index >= tensor.numel()) throw new ArgumentOutOfRangeException($"{index} in a collection of  ${tensor.numel()} elements.");
        if (tensor.is_contiguous()) return index;
        Walk walk = new(tensor, index);
        walk.Next();
        return walk.Offset;
    }

    private static long Offset(long[] indices, Tensor tensor)
    {
        long[] shape = tensor.shape, strides = tensor.stride();
        long offset = 0;
        for (int i = 0; i < shape.Length; i++)
            offset += indices[i] >= 0 && indices[i] < shape[i] ? indices[i] * strides[i] : throw new IndexOutOfRangeException($"{indices[i]} >= {shape[i]} in dimension {i}.");
        return offset;
    }

    public IEnumerator<T> GetEnumerator()
    {
        Walk walk = new(Source, 0);
        while (walk.Next()) yield return At(walk.Offset);
    }

    private T At(long offset) => data[offset];

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
        tensor = null;
        data = null;
    }

    /// <summary>Goes through the elements in row-major order.</summary>
    private struct Walk
    {
        private readonly long[] shape, strides, at;
        private long left;
        private bool begun;

        public Walk(Tensor tensor, long start)
        {
            (shape, strides) = (tensor.shape, tensor.stride());
            at = new long[shape.Length];
            left = tensor.numel() - start;
            if (left <= 0) return;
            for (int i = shape.Length - 1; i >= 0; i--)
            {
                (start, at[i]) = Math.DivRem(start, shape[i]);
                Offset += at[i] * strides[i];
            }
        }

        public long Offset { get; private set; }

        public bool Next()
        {
            if (left-- <= 0) return false;
            if (!begun) return begun = true;
            for (int i = shape.Length - 1; i >= 0; i--)
            {
                Offset += strides[i];
                if (++at[i] < shape[i]) return true;
                Offset -= at[i] * strides[i];
                at[i] = 0;
            }
            return true;
        }
    }
}
