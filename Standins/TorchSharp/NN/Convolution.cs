using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp
{
    public enum PaddingModes { Zeros = 0, Reflect = 1, Replicate = 2, Circular = 3, Constant = 4 }

    public enum Padding { Valid = 0, Same = 1 }
}

namespace TorchSharp.Modules
{
    public abstract class Convolution : nn.Module<Tensor, Tensor>
    {
        [ComponentName(Name = "bias")]
        protected Parameter? _bias;
        [ComponentName(Name = "weight")]
        protected Parameter? _weight;
        // As nn.functional.pad wants it: last dimension first, each amount twice.
        protected long[] _reversed_padding_repeated_twice = [];

        private protected Convolution(
            string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type,
            long[] dilation, bool transposed, long[] output_padding, long groups, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype) : base(name)
        {
            if (transposed && padding_mode != PaddingModes.Zeros)
                throw new ArgumentException("A transposed convolution knows PaddingModes.Zeros only.", nameof(padding_mode));
            this.in_channels = in_channels;
            this.kernel_size = kernel_size;
            this.stride = stride;
            this.dilation = dilation;
            this.transposed = transposed;
            this.output_padding = output_padding;
            this.groups = groups;
            this.padding_mode = padding_mode;
            if (padding_type is { } type) SetPadding(type);
            else SetPadding(padding ?? new long[kernel_size.Length]);

            long[] channels = transposed ? [in_channels, out_channels / groups] : [out_channels, in_channels / groups];
            weight = nn.Parameter(empty([.. channels, .. kernel_size], dtype, device));
            if (bias) this.bias = nn.Parameter(empty([out_channels], dtype, device));
            reset_parameters();
        }

        public long in_channels { get; }
        public bool transposed { get; }
        public Padding? padding_type { get; private set; }
        public long[]? padding { get; private set; }
        public PaddingModes padding_mode { get; set; }
        public long groups { get; set; }
        public long[] kernel_size { get; set; }
        public long[] stride { get; set; }
        public long[] dilation { get; set; }
        public long[] output_padding { get; set; }

        public Parameter weight { get => _weight!; set => Components.Set(ref _weight, value, kept => ConditionallyRegisterParameter("weight", kept)); }
        public Parameter? bias { get => _bias; set => Components.Set(ref _bias, value, kept => ConditionallyRegisterParameter("bias", kept)); }

        public void reset_parameters()
        {
            nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
            if (bias is null) return;
            var (fanIn, _) = nn.init.CalculateFanInAndFanOut(weight);
            if (fanIn > 0) nn.init.uniform_(bias, -1 / Math.Sqrt(fanIn), 1 / Math.Sqrt(fanIn));
        }

        public void SetPadding(long[] padding)
        {
            padding_type = null;
            this.padding = padding;
            _reversed_padding_repeated_twice = padding.Reverse().SelectMany(amount => new[] { amount, amount }).ToArray();
        }

        public void SetPadding(Padding padding)
        {
            if (transposed) throw new ArgumentException("A transposed convolution has no padding type.");
            if (padding == Padding.Same && stride.Any(step => step != 1))
                throw new ArgumentException("Padding.Same is not possible for a strided convolution.");
            this.padding = null;
            padding_type = padding;
            _reversed_padding_repeated_twice = new long[2 * kernel_size.Length];
            if (padding != Padding.Same) return;
            for (var axis = 0; axis < kernel_size.Length; axis++)
            {
                var total = dilation[axis] * (kernel_size[axis] - 1);
                var place = 2 * (kernel_size.Length - 1 - axis);
                _reversed_padding_repeated_twice[place] = total / 2;
                _reversed_padding_repeated_twice[place + 1] = total - total / 2;
            }
        }

        protected bool ValidateShape(Tensor input, long dimensions)
        {
            var shape = input.shape;
            return (shape.Length == dimensions + 2 && shape[1] == in_channels) || (shape.Length == dimensions + 1 && shape[0] == in_channels);
        }

        private protected void RequireShape(Tensor input, long dimensions, string module)
        {
            if (!ValidateShape(input, dimensions))
                throw new ArgumentException($"{module} expects {dimensions + 1} dimensions, or {dimensions + 2} with a batch, and {in_channels} channels.");
        }
    }

    public sealed class Conv2d : Convolution
    {
        internal Conv2d(long in_channels, long out_channels, (long, long) kernel_size, (long, long) stride, (long, long)? padding, Padding? padding_type, (long, long) dilation, long groups, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
            : base("Conv2d", in_channels, out_channels, [kernel_size.Item1, kernel_size.Item2], [stride.Item1, stride.Item2], padding is { } amount ? [amount.Item1, amount.Item2] : null, padding_type, [dilation.Item1, dilation.Item2], false, [0, 0], groups, bias, padding_mode, device, dtype) { }

        public override Tensor forward(Tensor input)
        {
            RequireShape(input, 2, "Conv2d");
            if (padding_mode != PaddingModes.Zeros)
            {
                using var padded = nn.functional.pad(input, _reversed_padding_repeated_twice, padding_mode);
                return nn.functional.conv2d(padded, weight, bias, stride, [0, 0], dilation, groups);
            }
            return padding_type is { } type
                ? nn.functional.conv2d_padding(input, weight, bias, stride, type, dilation, groups)
                : nn.functional.conv2d(input, weight, bias, stride, padding, dilation, groups);
        }
    }

    internal static class Components
    {
        // A module owns its parameters and buffers: they leave the scope in which they were made, and the one replaced is disposed.
        internal static void Set<T>(ref T? field, T? value, Action<T?> register) where T : Tensor
        {
            if (ReferenceEquals(field, value)) return;
            field?.Dispose();
            value?.DetachFromDisposeScope();
            field = value;
            register(value);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding), null, (dilation, dilation), groups, bias, padding_mode, device, dtype);

            public static Conv2d Conv2d(long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride ?? (1, 1), padding ?? (0, 0), null, dilation ?? (1, 1), groups, bias, padding_mode, device, dtype);
        }
    }
}
