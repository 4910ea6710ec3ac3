using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TorchSharp.Utils;
using static TorchSharp.Aten;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor of libtorch; the handle owns one reference to it.</summary>
    public partial class Tensor : IDisposable
    {
        private static long total, peak;

        internal IntPtr handle;
        internal DisposeScope? OwningDisposeScope { get; set; }

        internal Tensor(IntPtr handle, bool register = true)
        {
            this.handle = handle;
            long count = Interlocked.Increment(ref total);
            if (count > peak) peak = count;
            if (register) OwningDisposeScope = DisposeScopeManager.ThreadSingleton.RegisterOnCurrentDisposeScope(this);
        }

        ~Tensor() => Dispose(false);

        public void Dispose() { Dispose(true); GC.SuppressFinalize(this); }

        protected virtual void Dispose(bool disposing)
        {
            if (handle == IntPtr.Zero) return;
            DisposeScopeManager.ThreadSingleton.DisposingOnCurrentScope(this);
            OwningDisposeScope?.MarkAsDisposed(this);
            Interlocked.Decrement(ref total);
            Native.Release(handle);
            handle = IntPtr.Zero;
        }

        public IntPtr Handle => handle != IntPtr.Zero ? handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");
        public bool IsInvalid => handle == IntPtr.Zero;
        public static long TotalCount => total;
        public static long PeakCount => peak;
        public string? name { get; set; }

        /// <summary>Takes the native tensor away, for a parameter that is made of it.</summary>
        internal IntPtr MoveHandle()
        {
            IntPtr moved = handle;
            handle = IntPtr.Zero;
            return moved;
        }

        public Tensor MoveToOuterDisposeScope() { OwningDisposeScope?.MoveToOuter(this); return this; }
        public Tensor DetachFromDisposeScope() { OwningDisposeScope?.Detach(this); return this; }
        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is null) other?.Attach(this);
            else OwningDisposeScope.MoveToOther(other, this);
            return this;
        }

        // Facts

        private enum Fact { Dimensions, Elements, Type, DeviceType, DeviceIndex, ElementSize, StorageOffset, Flags }

        private static unsafe long Get(IntPtr handle, Fact fact)
        {
            long* facts = stackalloc long[8];
            Native.Check(Native.Describe(handle, facts));
            return facts[(int)fact];
        }

        private long Get(Fact fact)
        {
            long value = Get(Handle, fact);
            GC.KeepAlive(this);
            return value;
        }

        public long Dimensions => Get(Fact.Dimensions);
        public long dim() => Dimensions;
        public long ndim => Dimensions;
        public long NumberOfElements => Get(Fact.Elements);
        public long numel() => NumberOfElements;
        public long ElementSize => Get(Fact.ElementSize);
        public long element_size() => ElementSize;
        public long storage_offset() => Get(Fact.StorageOffset);
        public ScalarType dtype => (ScalarType)Get(Fact.Type);
        public DeviceType device_type => (DeviceType)Get(Fact.DeviceType);
        public int device_index => (int)Get(Fact.DeviceIndex);
        public Device device => device_type == DeviceType.CPU ? new Device(DeviceType.CPU) : new Device(device_type, device_index);
        public bool is_leaf => (Get(Fact.Flags) & 2) != 0;
        public bool is_contiguous() => (Get(Fact.Flags) & 4) != 0;
        public bool is_conj() => (Get(Fact.Flags) & 8) != 0;
        public bool is_neg() => (Get(Fact.Flags) & 16) != 0;
        public bool is_cpu() => device_type == DeviceType.CPU;
        public bool is_cuda => device_type == DeviceType.CUDA;
        public bool is_meta => device_type == DeviceType.META;
        public bool is_integral() => torch.is_integral(dtype);
        public bool is_floating_point() => torch.is_floating_point(dtype);
        public bool is_complex() => torch.is_complex(dtype);

        public unsafe long[] shape
        {
            get
            {
                var sizes = new long[Dimensions];
                fixed (long* to = sizes) Native.Check(Native.Sizes(Handle, to, null));
                return sizes;
            }
        }

        public unsafe long[] stride()
        {
            var strides = new long[Dimensions];
            fixed (long* to = strides) Native.Check(Native.Sizes(Handle, null, to));
            return strides;
        }

        public long[] size() => shape;
        public long size(int dim) => CallScalar("aten::size.int", this, (long)dim).Integer;
        public long stride(int dim) => CallScalar("aten::stride.int", this, (long)dim).Integer;

        // Autograd

        public bool requires_grad
        {
            get => (Get(Fact.Flags) & 1) != 0;
            set => Native.Check(Native.SetRequiresGrad(Handle, Native.Flag(value)));
        }

        public Tensor requires_grad_(bool requires_grad = true) { this.requires_grad = requires_grad; return this; }
        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);
        public void retain_grad() => Native.Check(Native.RetainGrad(Handle));

        public Tensor? grad
        {
            get
            {
                IntPtr gradient = Native.GetGrad(Handle);
                return gradient == IntPtr.Zero ? null : new Tensor(gradient);
            }
            set => Native.Check(Native.SetGrad(Handle, value?.Handle ?? IntPtr.Zero));
        }

        public void backward() => autograd.backward([this]);
        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        // Data

        private IntPtr Readable()
        {
            if (!is_contiguous()) throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");
            if (NumberOfElements * ElementSize > int.MaxValue) throw new ArgumentException("Span only supports up to int.MaxValue elements.");
            if (device_type != DeviceType.CPU) throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
            return Native.Data(Handle);
        }

        public unsafe Span<byte> bytes
        {
            get => new((void*)Readable(), (int)(NumberOfElements * ElementSize));
            set
            {
                if (!is_contiguous()) throw new InvalidOperationException("SetBytes() called on non-contiguous tensor.");
                if (NumberOfElements * ElementSize != value.Length) throw new ArgumentException("Mismatched data sizes in SetBytes().");
                value.CopyTo(new Span<byte>((void*)Native.Data(Handle), value.Length));
            }
        }

        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            ValidateType(typeof(T));
            return new TensorAccessor<T>(device_type != DeviceType.CPU ? cpu() : this);
        }

        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1) throw new ArgumentException("Number of elements in the tensor must be 1");
            return data<T>()[0];
        }

        internal void ValidateType(Type wanted)
        {
            Type own = dtype switch
            {
                ScalarType.Byte => typeof(byte),
                ScalarType.Int8 => typeof(sbyte),
                ScalarType.Int16 => typeof(short),
                ScalarType.Int32 => typeof(int),
                ScalarType.Int64 => typeof(long),
                ScalarType.Bool => typeof(bool),
                ScalarType.Float16 => typeof(Half),
                ScalarType.Float32 => typeof(float),
                ScalarType.Float64 => typeof(double),
                ScalarType.ComplexFloat32 => typeof((float, float)),
                ScalarType.ComplexFloat64 => typeof(System.Numerics.Complex),
                _ => wanted,
            };
            if (own != wanted) throw new ArgumentException($"{wanted.Name} is not compatible with {dtype}");
        }

        public Scalar ToScalar() => CallScalar("aten::item", this);

        public double ReadCpuDouble(long i) => TensorAccessor<double>.ReadItemAt(this, i);
        public float ReadCpuSingle(long i) => TensorAccessor<float>.ReadItemAt(this, i);
        public int ReadCpuInt32(long i) => TensorAccessor<int>.ReadItemAt(this, i);
        public long ReadCpuInt64(long i) => TensorAccessor<long>.ReadItemAt(this, i);
        public byte ReadCpuByte(long i) => TensorAccessor<byte>.ReadItemAt(this, i);
        public bool ReadCpuBool(long i) => TensorAccessor<bool>.ReadItemAt(this, i);

        // Conversions

        public Tensor alias() => Call("aten::alias", this);
        public Tensor cpu() => to(DeviceType.CPU);

        public Tensor cuda(Device? device = null, bool non_blocking = false)
        {
            if (device is not null && device.type != DeviceType.CUDA) throw new ArgumentException("Not a CUDA device.", nameof(device));
            return to(DeviceType.CUDA, device?.index ?? -1, non_blocking: non_blocking);
        }

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            After(Call("aten::to.dtype", this, type, non_blocking, copy), disposeAfter);

        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(dtype, new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            After(Call("aten::to.device", this, InitializeDevice(device), type, non_blocking, copy), disposeAfter);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to_type(type, copy, disposeAfter, non_blocking);
        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to(new Device(device), copy, disposeAfter, non_blocking);
        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to(device.type, device.index, copy, disposeAfter, non_blocking);
        public Tensor to(Tensor other, bool non_blocking = false) => to(other.dtype, other.device, non_blocking: non_blocking);
        public Tensor type(Func<Tensor, Tensor> typeFunc) => typeFunc(this);
        public Tensor type(ScalarType dtype) => to(dtype);
        public Tensor type_as(Tensor tensor) => to(tensor.dtype);

        private Tensor After(Tensor result, bool dispose) { if (dispose) Dispose(); return result; }

        public Tensor @bool() => to_type(ScalarType.Bool);
        public Tensor @byte() => to_type(ScalarType.Byte);
        public Tensor @char() => to_type(ScalarType.Int8);
        public Tensor @short() => to_type(ScalarType.Int16);
        public Tensor @int() => to_type(ScalarType.Int32);
        public Tensor @long() => to_type(ScalarType.Int64);
        public Tensor half() => to_type(ScalarType.Float16);
        public Tensor bfloat16() => to_type(ScalarType.BFloat16);
        public Tensor @float() => to_type(ScalarType.Float32);
        public Tensor @double() => to_type(ScalarType.Float64);
        public Tensor cfloat() => to_type(ScalarType.ComplexFloat32);
        public Tensor cdouble() => to_type(ScalarType.ComplexFloat64);

        public static implicit operator Tensor(byte value) => tensor(value);
        public static implicit operator Tensor(sbyte value) => tensor(value);
        public static implicit operator Tensor(short value) => tensor(value);
        public static implicit operator Tensor(int value) => tensor(value);
        public static implicit operator Tensor(long value) => tensor(value);
        public static implicit operator Tensor(float value) => tensor(value);
        public static implicit operator Tensor(double value) => tensor(value);
        public static implicit operator Tensor(bool value) => tensor(value);
        public static implicit operator Tensor((float, float) value) => tensor(value);
        public static implicit operator Tensor(System.Numerics.Complex value) => tensor(value);
        public static implicit operator Tensor(byte[] value) => tensor(value);
        public static implicit operator Tensor(sbyte[] value) => tensor(value);
        public static implicit operator Tensor(short[] value) => tensor(value);
        public static implicit operator Tensor(int[] value) => tensor(value);
        public static implicit operator Tensor(long[] value) => tensor(value);
        public static implicit operator Tensor(float[] value) => tensor(value);
        public static implicit operator Tensor(double[] value) => tensor(value);
        public static implicit operator Tensor(bool[] value) => tensor(value);
        public static implicit operator Tensor((float, float)[] value) => tensor(value);
        public static implicit operator Tensor(System.Numerics.Complex[] value) => tensor(value);
        [SuppressMessage("Style", "IDE0060", Justification = "The real one throws as well: a scalar is no tensor, and the operator exists for overload resolution only.")]
        public static implicit operator Tensor(Scalar scalar) => throw new InvalidOperationException("Should not be called.");

        public static explicit operator float(Tensor value) => value.ToSingle();
        public static explicit operator double(Tensor value) => value.ToDouble();
        public static explicit operator sbyte(Tensor value) => value.ToSByte();
        public static explicit operator byte(Tensor value) => value.ToByte();
        public static explicit operator short(Tensor value) => value.ToInt16();
        public static explicit operator int(Tensor value) => value.ToInt32();
        public static explicit operator long(Tensor value) => value.ToInt64();
        public static explicit operator bool(Tensor value) => value.ToBoolean();

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);
        public bool Equals(Tensor target) => CallBool("aten::equal", this, target);
        public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
        public override string ToString() => IsInvalid ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"[{string.Join('x', shape)}], type = {dtype}, device = {device}");
    }

    public static DisposeScope NewDisposeScope() => DisposeScopeManager.ThreadSingleton.NewDisposeScope();
    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.ThreadSingleton.CurrentDisposeScope;

    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using DisposeScope scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }
}
