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
        public void set_state(Tensor value) => Native.Check(Native.SetState(Handle, value.Handle));
        public Generator manual_seed(long seed) { Native.SetSeed(Handle, (ulong)seed); return this; }
        public long initial_seed() => Native.Seed(Handle);

        public long seed()
        {
            long seed = DateTime.UtcNow.Ticks;
            manual_seed(seed);
            return seed;
        }

        protected virtual void Dispose(bool disposing)
        {
            if (Handle == IntPtr.Zero) return;
            Native.FreeGenerator(Handle);
            Handle = IntPtr.Zero;
        }

        public void Dispose() { Dispose(true); GC.SuppressFinalize(this); }
        ~Generator() => Dispose(false);
    }

    public static partial class random
    {
        public static long seed() => torch.seed();
        public static long initial_seed() => torch.initial_seed();
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);
        public static Tensor get_rng_state() => torch.get_rng_state();
        public static void set_rng_state(Tensor new_state) => torch.set_rng_state(new_state);
    }

    public static long seed()
    {
        long seed = DateTime.UtcNow.Ticks;
        manual_seed(seed);
        return seed;
    }

    public static Generator manual_seed(long seed)
    {
        Native.ManualSeed((ulong)seed);
        return Generator.Default;
    }

    public static long initial_seed() { using Generator generator = Generator.Default; return generator.initial_seed(); }
    public static Tensor get_rng_state() { using Generator generator = Generator.Default; return generator.get_state(); }
    public static void set_rng_state(Tensor new_state) { using Generator generator = Generator.Default; generator.set_state(new_state); }
}
