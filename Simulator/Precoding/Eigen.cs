using static TorchSharp.torch;

namespace Simulator.Precoding;

/// <summary>Eigenbeamforming: the columns of a user are the dominant right singular vectors of its rows [Telatar1999].</summary>
/// <remarks>
/// With the rows of a user H = UΣVᴴ, its n-th active column is the n-th column of V (singular values descending), so the columns of
/// one user are orthonormal up to the power share. Other users are ignored. A direction beyond the rank of the rows is the fixed
/// beam e₁. For one row, and for the rows of an explicit report, this is <see cref="MaximumRatio"/>; it differs where the
/// reported columns of a codebook are not orthogonal.
/// </remarks>
public sealed class Eigen : IPrecoder
{
    /// <inheritdoc/>
    public Tensor Design(Tensor rows, Tensor active, double noiseVariance)
    {
        using var scope = NewDisposeScope();
        var directions = SingularRows.Of(rows);                                               // [..., U, K, A]
        if (rows.shape[^2] > 1)
        {
            var rank = (active.to(ScalarType.Int64).cumsum(-1) - 1).clamp_min(0);             // [..., U, K]
            directions = directions.take_along_dim(rank.unsqueeze(-1), -2);
        }
        return StreamColumns.OfRows(directions.flatten(-3, -2), active).MoveToOuterDisposeScope();
    }
}
