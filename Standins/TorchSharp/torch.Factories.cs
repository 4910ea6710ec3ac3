using System.Runtime.InteropServices;
using static TorchSharp.Aten;

namespace TorchSharp;

// Tensors from nothing, from numbers and from arrays. Names of axes are accepted and have no effect.
public static partial class torch
{
    public static Tensor zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => _filled("aten::zeros", size, dtype, device, requires_grad);
    public static Tensor zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => _filled("aten::zeros", size.ToArray(), dtype, device, requires_grad);
    public static Tensor zeros(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => _filled("aten::zeros", [rows, columns], dtype, device, requires_grad);
    public static Tensor zeros(int size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => _filled("aten::zeros", [size], dtype, device, requires_grad);
    public static Tensor ones(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => _filled("aten::ones", size, dtype, device, requires_grad);
    public static Tensor ones(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => _filled("aten::ones", size.ToArray(), dtype, device, requires_grad);
    public static Tensor ones(int rows, int columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => _filled("aten::ones", [rows, columns], dtype, device, requires_grad);
    public static Tensor empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => _filled("aten::empty.memory_format", size, dtype, device, requires_grad);
    public static Tensor empty(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => _filled("aten::empty.memory_format", size.ToArray(), dtype, device, requires_grad);
    public static Tensor full(ReadOnlySpan<long> size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => _full(size.ToArray(), value, dtype, device, requires_grad);
    public static Tensor rand(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => _random("aten::rand.generator", size.ToArray(), dtype, device, requires_grad, generator);
    public static Tensor rand(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => _random("aten::rand.generator", [size], dtype, device, requires_grad, generator);
    public static Tensor randn(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => _random("aten::randn.generator", size, dtype, device, requires_grad, generator);
    public static Tensor randn(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => _random("aten::randn.generator", size.ToArray(), dtype, device, requires_grad, generator);
    public static Tensor randn(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => _random("aten::randn.generator", [size], dtype, device, requires_grad, generator);

    public static Tensor tensor(bool[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => _copied(rawArray, [rawArray.Length], ScalarType.Bool, dtype, device, requires_grad);
    public static Tensor tensor(byte[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => _copied(rawArray, [rawArray.Length], ScalarType.Byte, dtype, device, requires_grad);
    public static Tensor tensor(System.Numerics.Complex[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => _copied(rawArray, [rawArray.Length], ScalarType.ComplexFloat64, dtype, device, requires_grad);
    public static Tensor tensor(double scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => _scalar(scalar, ScalarType.Float64, dtype, device, requires_grad);
    public static Tensor tensor(double[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => _copied(rawArray, [rawArray.Length], ScalarType.Float64, dtype, device, requires_grad);
    public static Tensor tensor(double[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => _copied(rawArray, dimensions.ToArray(), ScalarType.Float64, dtype, device, requires_grad);
    public static Tensor tensor(float scalar, Device? device = null, bool requires_grad = false) => _scalar(scalar, ScalarType.Float32, null, device, requires_grad);
    public static Tensor tensor(float[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => _copied(rawArray, [rawArray.Length], ScalarType.Float32, dtype, device, requires_grad);
    public static Tensor tensor(float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => _copied(rawArray, dimensions.ToArray(), ScalarType.Float32, dtype, device, requires_grad);
    public static Tensor tensor(int scalar, Device? device = null, bool requires_grad = false) => _scalar(scalar, ScalarType.Int32, null, device, requires_grad);
    public static Tensor tensor(int[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => _copied(rawArray, [rawArray.Length], ScalarType.Int32, dtype, device, requires_grad);
    public static Tensor tensor(int[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => _copied(rawArray, dimensions.ToArray(), ScalarType.Int32, dtype, device, requires_grad);
    public static Tensor tensor(long scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => _scalar(scalar, ScalarType.Int64, dtype, device, requires_grad);
    public static Tensor tensor(long[] dataArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => _copied(dataArray, [dataArray.Length], ScalarType.Int64, dtype, device, requires_grad);

    private static Tensor _filled(string op, long[] size, ScalarType? dtype, Device? device, bool requires_grad) =>
        Call(op, size, dtype ?? default_dtype, default, InitializeDevice(device)).With(requires_grad);

    private static Tensor _full(long[] size, Scalar value, ScalarType? dtype, Device? device, bool requires_grad) =>
        Call("aten::full", size, value, dtype ?? (is_integral(value.Type) ? ScalarType.Int64 : default_dtype), default, InitializeDevice(device)).With(requires_grad);

    private static Tensor _random(string op, long[] size, ScalarType? dtype, Device? device, bool requires_grad, Generator? generator)
    {
        if (dtype is { } type && is_integral(type)) throw new ArgumentException($"torch.randn() was passed a bad dtype: {dtype}. It must be floating point or complex.", nameof(dtype));
        return Call(op, size, generator, dtype ?? default_dtype, default, InitializeDevice(device)).With(requires_grad);
    }

    private static Tensor _scalar<T>(T value, ScalarType own, ScalarType? dtype, Device? device, bool requires_grad) where T : unmanaged =>
        _from(new[] { value }, [], own, dtype, device, requires_grad);

    private static Tensor _copied(Array array, long[] size, ScalarType own, ScalarType? dtype, Device? device, bool requires_grad) =>
        _from(array, size, own, dtype, device, requires_grad);

    /// <summary>A tensor with a copy of an array's numbers.</summary>
    private static unsafe Tensor _from(Array array, long[] size, ScalarType own, ScalarType? dtype, Device? device, bool requires_grad)
    {
        long count = 1;
        foreach (long length in size) count *= length;
        if (count > array.LongLength) throw new ArgumentException($"mismatched total size creating a tensor from an array: {count} vs. {array.LongLength}");
        device = InitializeDevice(device);
        IntPtr made = CallRaw("aten::empty.memory_format", size, own, default, CPU);
        fixed (byte* data = &MemoryMarshal.GetArrayDataReference(array))
            Buffer.MemoryCopy(data, (void*)Native.Data(made), long.MaxValue, count * own.ElementSize());
        return Converted(made, own, dtype, device, requires_grad);
    }

    private static Tensor Converted(IntPtr made, ScalarType own, ScalarType? dtype, Device device, bool requires_grad)
    {
        if ((dtype ?? own) == own && device.type == DeviceType.CPU) return new Tensor(made).With(requires_grad);
        try { return Call("aten::to.device", Argument.Raw(made), device, dtype ?? own).With(requires_grad); }
        finally { Native.Release(made); }
    }

    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        ScalarType type = dtype ?? (is_integral(start.Type) && is_integral(stop.Type) && is_integral(step.Type) ? ScalarType.Int64 : default_dtype);
        return Call("aten::arange.start_step", start, stop, step, type, default, InitializeDevice(device)).With(requires_grad);
    }

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => arange(start, stop, 1, dtype, device, requires_grad);
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor eye(long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Call("aten::eye.m", rows, columns == -1 ? rows : columns, dtype ?? default_dtype, default, InitializeDevice(device)).With(requires_grad);
}
