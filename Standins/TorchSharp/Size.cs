using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The lengths of a tensor's axes.</summary>
    public struct Size : IEnumerable<long>
    {
        public static Size Empty = new(Array.Empty<long>());

        public Size(long[] shape) => Shape = [.. shape];
        public Size(IEnumerable<long> shape) => Shape = [.. shape];
        public Size(int[] shape) => Shape = Array.ConvertAll(shape, length => (long)length);
        public Size(long size) => Shape = [size];
        public Size((long, long) size) => Shape = [size.Item1, size.Item2];
        public Size((long, long, long) size) => Shape = [size.Item1, size.Item2, size.Item3];
        public Size((long, long, long, long) size) => Shape = [size.Item1, size.Item2, size.Item3, size.Item4];
        public Size(int size) => Shape = [size];
        public Size((int, int) size) => Shape = [size.Item1, size.Item2];
        public Size((int, int, int) size) => Shape = [size.Item1, size.Item2, size.Item3];
        public Size((int, int, int, int) size) => Shape = [size.Item1, size.Item2, size.Item3, size.Item4];

        public static implicit operator Size(long size) => new(size);
        public static implicit operator Size((long, long) size) => new(size);
        public static implicit operator Size((long, long, long) size) => new(size);
        public static implicit operator Size((long, long, long, long) size) => new(size);
        public static implicit operator Size(long[] size) => new(size);

        public long[] Shape { get; }
        public int Length => Shape.Length;
        public bool IsEmpty => Shape.Length == 0;
        public bool IsScalar => IsEmpty;
        public long this[int idx] => Shape[idx];
        public long this[long idx] => Shape[idx];
        public long numel() => Shape.Aggregate(1L, (product, length) => product * length);
        public IEnumerator<long> GetEnumerator() => Shape.AsEnumerable().GetEnumerator();
        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
