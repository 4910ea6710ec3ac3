namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers of its own.</summary>
    public class Generator : IDisposable
    {
        private Generator(IntPtr handle, Device device) => (Handle, this.device) = (handle, device);

        public Generator(ulong seed = 0, Device? device = null)
            : this(Native.Check(Native.NewGenerator(seed, (long)(device?.type ?? DeviceType.CPU), device?.index ?? -1)), device ?? CPU) { }

        public static Generator Default => new(Native.DefaultGenerator(), CPU);

        public IntPtr Handle { get; private set; }
        public Device device { get; private set; }

        public Tensor get_state() => new(Native.Check(Native.GetState(Handle)));

        protected virtual void Dispose(bool disposing)
        {
            if (Handle == IntPtr.Zero) return;
            Native.FreeGenerator(Handle);
            Handle = IntPtr.Zero;
        }

        public void Dispose() { Dispose(true); GC.SuppressFinalize(this); }
        ~Generator() => Dispose(false);
    }

    public static Tensor get_rng_state() { using Generator generator = Generator.Default; return generator.get_state(); }
}
