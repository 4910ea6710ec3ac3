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
        public static Tensor fft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_fft2", input, s, dim ?? [-2, -1], Name(norm));
        public static Tensor ifft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_ifft2", input, s, dim ?? [-2, -1], Name(norm));
    }
}
