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

        /// <summary>Takes the native tensor away, for a parameter that is made of it.</summary>
        internal IntPtr MoveHandle()
        {
            IntPtr moved = handle;
            handle = IntPtr.Zero;
            return moved;
        }

        public Tensor MoveToOuterDisposeScope() { OwningDisposeScope?.MoveToOuter(this); return this; }
        public Tensor DetachFromDisposeScope() { OwningDisposeScope?.Detach(this); return this; }

        // Facts

        private enum Fact { Dimensions, Elements, Type, DeviceType, DeviceIndex, ElementSize, Flags }

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
        public ScalarType dtype => (ScalarType)Get(Fact.Type);
        public DeviceType device_type => (DeviceType)Get(Fact.DeviceType);
        public int device_index => (int)Get(Fact.DeviceIndex);
        public Device device => device_type == DeviceType.CPU ? new Device(DeviceType.CPU) : new Device(device_type, device_index);
        public bool is_contiguous() => (Get(Fact.Flags) & 2) != 0;
        public bool is_meta => device_type == DeviceType.META;
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

        // Autograd

        public bool requires_grad
        {
            get => (Get(Fact.Flags) & 1) != 0;
            set => Native.Check(Native.SetRequiresGrad(Handle, Native.Flag(value)));
        }

        public Tensor requires_grad_(bool requires_grad = true) { this.requires_grad = requires_grad; return this; }
        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

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

        // Data

        private IntPtr Readable()
        {
            if (!is_contiguous()) throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");
            if (NumberOfElements * ElementSize > int.MaxValue) throw new ArgumentException("Span only supports up to int.MaxValue elements.");
            if (device_type != DeviceType.CPU) throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
            return Native.Data(Handle);
        }

        public unsafe Span<byte> bytes => new((void*)Readable(), (int)(NumberOfElements * ElementSize));

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

        // Conversions

        public Tensor alias() => Call("aten::alias", this);
        public Tensor cpu() => to(DeviceType.CPU);

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            After(Call("aten::to.dtype", this, type, non_blocking, copy), disposeAfter);

        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(dtype, new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            After(Call("aten::to.device", this, InitializeDevice(device), type, non_blocking, copy), disposeAfter);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to_type(type, copy, disposeAfter, non_blocking);
        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to(device.type, device.index, copy, disposeAfter, non_blocking);

        private Tensor After(Tensor result, bool dispose) { if (dispose) Dispose(); return result; }

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);
        public bool Equals(Tensor target) => CallBool("aten::equal", this, target);
        public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
        public override string ToString() => IsInvalid ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"[{string.Join('x', shape)}], type = {dtype}, device = {device}");
    }

    public static DisposeScope NewDisposeScope() => DisposeScopeManager.ThreadSingleton.NewDisposeScope();
}
