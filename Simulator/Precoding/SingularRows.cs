using static TorchSharp.torch;

namespace Simulator.Precoding;

/// <summary>Dominant right singular directions with their singular values.</summary>
internal static class SingularRows
{
    // Singular values below the resolution of float32 relative to the largest are rounding of a channel of lower rank.
    private const double RelativeResolution = 1e-6;

    /// <summary>Rotates the rows of each matrix H = UΣVᴴ into ΣVᴴ = UᴴH, largest singular value first.</summary>
    /// <remarks>
    /// U holds the eigenvectors of HHᴴ, which is as small as the terminal and is formed in double precision, so that nothing is
    /// divided and a zero matrix stays zero. A single row is its own result. Rows of singular values below 1e-6 σ₁ are zero.
    /// </remarks>
    /// <param name="matrix">H, complex64 <c>[..., R, A]</c>.</param>
    /// <returns>ΣVᴴ, complex64 <c>[..., R, A]</c>.</returns>
    public static Tensor Of(Tensor matrix)
    {
        if (matrix.shape[^2] == 1)
        {
            return matrix.alias();
        }
        using var scope = NewDisposeScope();
        var wide = matrix.to(ScalarType.ComplexFloat64);
        var (values, vectors) = linalg.eigh(-matmul(wide, wide.mH));                          // [..., R], -σ² ascending
        var resolved = values < values.narrow(-1, 0, 1) * (RelativeResolution * RelativeResolution);
        var rotated = matmul(vectors.mH, wide) * resolved.unsqueeze(-1);                      // [..., R, A]
        return rotated.to(matrix.dtype).MoveToOuterDisposeScope();
    }
}
