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
        public Tensor T => Compatibility.T(this);
        public Tensor H => Call("aten::matrix_H", this);
        public Tensor mT => Call("aten::mT", this);
        public Tensor mH => Call("aten::mH", this);

        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => Call("aten::amax", this, dims, keepdim).Into(@out);
        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => Call("aten::amax", this, dims, keepdim).Into(@out);
        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => Call("aten::amin", this, dims, keepdim).Into(@out);
        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => Call("aten::amin", this, dims, keepdim).Into(@out);

        internal Tensor Into(Tensor? target)
        {
            if (target is null) return this;
            target.copy_(this);
            Dispose();
            return target.alias();
        }

        public Tensor arctan(Tensor other) => Call("aten::atan2", this, other);
        public Tensor count_nonzero(long[]? dims = null) => dims is null ? Call("aten::count_nonzero", this) : Call("aten::count_nonzero.dim_IntList", this, dims);
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None ? Call("aten::div.Tensor", this, target) : Call("aten::div.Tensor_mode", this, target, Name(rounding_mode));
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None ? Call("aten::div.Scalar", this, target) : Call("aten::div.Scalar_mode", this, target, Name(rounding_mode));
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None ? CallInPlace("aten::div_.Tensor", this, target) : CallInPlace("aten::div_.Tensor_mode", this, target, Name(rounding_mode));
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None ? CallInPlace("aten::div_.Scalar", this, target) : CallInPlace("aten::div_.Scalar_mode", this, target, Name(rounding_mode));
        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);
        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);
        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);
        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);
        public Tensor equal(Tensor target) => eq(target);

        public Tensor expand(long[] sizes, bool isImplicit = false) => Call("aten::expand", this, sizes, isImplicit);
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Call("aten::expand", this, sizes, isImplicit);
        public Tensor expand(Size sizes, bool isImplicit = false) => Call("aten::expand", this, sizes.Shape, isImplicit);
        public Tensor histc(long bins = 100, long min = 0, long max = 0) => Call("aten::histc", this, bins, (Scalar)min, (Scalar)max);
        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false) => Call2("aten::kthvalue", this, k, dim ?? -1, keepdim);
        public IList<Tensor> nonzero_as_list() => CallList("aten::nonzero_numpy", this);
        public Tensor permute(IEnumerable<long> permutation) => permute(permutation.ToArray());
        public Tensor pinverse(double rcond = 1e-15, bool hermitian = false) => Call("aten::linalg_pinv", this, rcond, hermitian);
        public Tensor random_(double from, double to, Generator? generator = null) => CallInPlace("aten::random_.from", this, (long)from, (long)to, generator);
        public Tensor roll(long shifts, long? dims = null) => Call("aten::roll", this, shifts, dims is { } dim ? dim : Argument.Empty);
        public Tensor roll((long, long) shifts, (long, long) dims) => roll([shifts.Item1, shifts.Item2], [dims.Item1, dims.Item2]);
        public Tensor roll((long, long, long) shifts, (long, long, long) dims) => roll([shifts.Item1, shifts.Item2, shifts.Item3], [dims.Item1, dims.Item2, dims.Item3]);
        public Tensor rot90(long k = 1, (long, long)? dims = null) => Call("aten::rot90", this, k, new[] { dims?.Item1 ?? 0, dims?.Item2 ?? 1 });
        public Tensor squeeze(long? dim = null) => dim is { } one ? Call("aten::squeeze.dim", this, one) : Call("aten::squeeze", this);
        public Tensor squeeze_(long? dim = null) => dim is { } one ? CallInPlace("aten::squeeze_.dim", this, one) : CallInPlace("aten::squeeze_", this);

        // As in the real package, the element type asked for has no effect here.
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Call("aten::std.dim", this, dimensions, unbiased, keepdim);
        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Call("aten::std.dim", this, dimensions, unbiased, keepdim);
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Call("aten::std.dim", this, dim, unbiased, keepdim);
        public Tensor std((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std([dim.Item1, dim.Item2], unbiased, keepdim, type);
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Call("aten::var.dim", this, dimensions, unbiased, keepdim);
        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Call("aten::var.dim", this, dimensions, unbiased, keepdim);
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Call("aten::var.dim", this, dim, unbiased, keepdim);
        public Tensor var((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var([dim.Item1, dim.Item2], unbiased, keepdim, type);
        public (Tensor std, Tensor mean) std_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Call2("aten::std_mean.dim", this, dimensions, unbiased, keepdim);
        public (Tensor std, Tensor mean) std_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Call2("aten::std_mean.dim", this, dim, unbiased, keepdim);
        public (Tensor std, Tensor mean) var_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Call2("aten::var_mean.dim", this, dimensions, unbiased, keepdim);
        public (Tensor @var, Tensor mean) var_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Call2("aten::var_mean.dim", this, dim, unbiased, keepdim);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);
        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1, dim2], keepdim, type);
        public Tensor tensordot(Tensor b, (long, long)[] dims) => tensordot(b, Array.ConvertAll(dims, d => d.Item1), Array.ConvertAll(dims, d => d.Item2));
        public Tensor tensordot(Tensor b, long dims = 2) => tensordot(b, [.. Enumerable.Range(0, (int)dims).Select(i => ndim - dims + i)], [.. Enumerable.Range(0, (int)dims).Select(i => (long)i)]);

        public Tensor unflatten(long dim, params long[] sizes)
        {
            if (dim < 0 || dim >= ndim) throw new ArgumentException($"Invalid 'dim' argument: {dim}.");
            if (sizes.Length == 0) throw new ArgumentException("The number of output sizes is zero.");
            return Call("aten::unflatten.int", this, dim, sizes);
        }

        public Tensor unflatten(long dim, Size sizes) => unflatten(dim, sizes.Shape);

        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            var (output, inverse, counts) = dim is { } one
                ? Call3("aten::unique_dim", this, one, sorted, return_inverse, return_counts)
                : Call3("aten::_unique2", this, sorted, return_inverse, return_counts);
            return (output, inverse, counts);
        }

        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Like("aten::zeros_like", default, dtype, device, requires_grad);
        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Like("aten::ones_like", default, dtype, device, requires_grad);
        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Like("aten::empty_like", default, dtype, device, requires_grad);
        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Like("aten::rand_like", default, dtype, device, requires_grad);
        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Like("aten::randn_like", default, dtype, device, requires_grad);
        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Call("aten::full_like", this, value, dtype ?? this.dtype, default, device ?? this.device).With(requires_grad);
        public Tensor randint_like(long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Call("aten::randint_like.low_dtype", this, low, high, dtype ?? this.dtype, default, device ?? this.device).With(requires_grad);

        private Tensor Like(string op, Argument layout, ScalarType? dtype, Device? device, bool requires_grad) => Call(op, this, dtype ?? this.dtype, layout, device ?? this.device).With(requires_grad);

        internal Tensor With(bool requires_grad)
        {
            if (requires_grad) this.requires_grad = true;
            return this;
        }

        public Tensor new_zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => zeros(size, dtype ?? this.dtype, device ?? this.device, requires_grad);
        public Tensor new_zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => zeros(size, dtype ?? this.dtype, device ?? this.device, requires_grad);
        public Tensor new_zeros(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => new_zeros([size], dtype, device, requires_grad);
        public Tensor new_zeros(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => new_zeros([rows, columns], dtype, device, requires_grad);
        public Tensor new_zeros(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => new_zeros([dim0, dim1, dim2], dtype, device, requires_grad);
        public Tensor new_zeros(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => new_zeros([dim0, dim1, dim2, dim3], dtype, device, requires_grad);
        public Tensor new_empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => empty(size, dtype ?? this.dtype, device ?? this.device, requires_grad);
        public Tensor new_empty(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => empty(size, dtype ?? this.dtype, device ?? this.device, requires_grad);
        public Tensor new_ones(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => ones([size], dtype ?? this.dtype, device ?? this.device, requires_grad);
        public Tensor new_ones(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => ones([rows, columns], dtype ?? this.dtype, device ?? this.device, requires_grad);
        public Tensor new_full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => full(size, value, dtype ?? this.dtype, device ?? this.device, requires_grad);
        public Tensor new_full(ReadOnlySpan<long> size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => full(size, value, dtype ?? this.dtype, device ?? this.device, requires_grad);
    }
}
