using static TorchSharp.Aten;

namespace TorchSharp;

public enum FFTNormType { Backward = 0, Forward = 1, Ortho = 2 }

public static partial class torch
{
    public static partial class fft
    {
        private static long? Length(long n) => n == -1 ? null : n;
        private static string Name(FFTNormType norm) => norm switch { FFTNormType.Backward => "backward", FFTNormType.Forward => "forward", _ => "ortho" };

        public static Tensor fft_(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_fft", input, Length(n), dim, Name(norm));
        public static Tensor ifft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_ifft", input, Length(n), dim, Name(norm));
        public static Tensor rfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_rfft", input, Length(n), dim, Name(norm));
        public static Tensor irfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_irfft", input, Length(n), dim, Name(norm));
        public static Tensor hfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_hfft", input, Length(n), dim, Name(norm));
        public static Tensor ihfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_ihfft", input, Length(n), dim, Name(norm));
        public static Tensor fft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_fft2", input, s, dim ?? [-2, -1], Name(norm));
        public static Tensor ifft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_ifft2", input, s, dim ?? [-2, -1], Name(norm));
        public static Tensor rfft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_rfft2", input, s, dim ?? [-2, -1], Name(norm));
        public static Tensor irfft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_irfft2", input, s, dim ?? [-2, -1], Name(norm));
        public static Tensor hfft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_hfft2", input, s, dim ?? [-2, -1], Name(norm));
        public static Tensor ihfft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_ihfft2", input, s, dim ?? [-2, -1], Name(norm));
        public static Tensor fftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_fftn", input, s, dim, Name(norm));
        public static Tensor ifftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_ifftn", input, s, dim, Name(norm));
        public static Tensor rfftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_rfftn", input, s, dim, Name(norm));
        public static Tensor irfftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_irfftn", input, s, dim, Name(norm));
        public static Tensor hfftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_hfftn", input, s, dim, Name(norm));
        public static Tensor ihfftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_ihfftn", input, s, dim, Name(norm));
        public static Tensor fftshift(Tensor input, long[]? dim = null) => Call("aten::fft_fftshift", input, dim);
        public static Tensor ifftshift(Tensor input, long[]? dim = null) => Call("aten::fft_ifftshift", input, dim);
        public static Tensor fftfreq(long n, double d = 1.0, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Call("aten::fft_fftfreq", n, d, dtype ?? get_default_dtype(), default, InitializeDevice(device)).With(requires_grad);
        public static Tensor rfftfreq(long n, double d = 1.0, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Call("aten::fft_rfftfreq", n, d, dtype ?? get_default_dtype(), default, InitializeDevice(device)).With(requires_grad);
    }
}
