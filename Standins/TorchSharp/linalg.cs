using static TorchSharp.Aten;

namespace TorchSharp;

public static partial class torch
{
    public static class special
    {
        public static Tensor erf(Tensor input) => Call("aten::special_erf", input);
    }

    public static class linalg
    {
        public static Tensor cholesky(Tensor input) => Call("aten::linalg_cholesky", input);
        public static Tensor solve(Tensor A, Tensor B, bool left = true) => Call("aten::linalg_solve", A, B, left);
        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') => Call2("aten::linalg_eigh", input, UPLO.ToString());
        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') => Call("aten::linalg_eigvalsh", input, UPLO.ToString());
    }
}
