using static TorchSharp.Aten;

namespace TorchSharp;

public static partial class torch
{
    public enum RoundingMode { None, trunc, floor }

    private static string? Name(RoundingMode mode) => mode == RoundingMode.None ? null : mode.ToString();

    // Methods whose signature is not the operator's.
    public partial class Tensor
    {
        public Tensor real => Call("aten::real", this);
        public Tensor imag => Call("aten::imag", this);
        public Tensor mT => Call("aten::mT", this);
        public Tensor mH => Call("aten::mH", this);

        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => Call("aten::amax", this, dims, keepdim).Into(@out);
        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => Call("aten::amin", this, dims, keepdim).Into(@out);

        internal Tensor Into(Tensor? target)
        {
            if (target is null) return this;
            target.copy_(this);
            Dispose();
            return target.alias();
        }

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None ? Call("aten::div.Tensor", this, target) : Call("aten::div.Tensor_mode", this, target, Name(rounding_mode));
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None ? Call("aten::div.Scalar", this, target) : Call("aten::div.Scalar_mode", this, target, Name(rounding_mode));
        public Tensor equal(Tensor target) => eq(target);

        public Tensor squeeze(long? dim = null) => dim is { } one ? Call("aten::squeeze.dim", this, one) : Call("aten::squeeze", this);

        public Tensor unflatten(long dim, params long[] sizes)
        {
            if (dim < 0 || dim >= ndim) throw new ArgumentException($"Invalid 'dim' argument: {dim}.");
            if (sizes.Length == 0) throw new ArgumentException("The number of output sizes is zero.");
            return Call("aten::unflatten.int", this, dim, sizes);
        }

        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Like("aten::zeros_like", default, dtype, device, requires_grad);
        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Like("aten::ones_like", default, dtype, device, requires_grad);
        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Call("aten::full_like", this, value, dtype ?? this.dtype, default, device ?? this.device).With(requires_grad);

        private Tensor Like(string op, Argument layout, ScalarType? dtype, Device? device, bool requires_grad) => Call(op, this, dtype ?? this.dtype, layout, device ?? this.device).With(requires_grad);

        internal Tensor With(bool requires_grad)
        {
            if (requires_grad) this.requires_grad = true;
            return this;
        }

        public Tensor new_empty(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => empty(size, dtype ?? this.dtype, device ?? this.device, requires_grad);
    }
}
