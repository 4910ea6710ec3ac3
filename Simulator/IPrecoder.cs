using static TorchSharp.torch;

namespace Simulator;

/// <summary>A rule that turns channel knowledge into transmit weights.</summary>
/// <remarks>
/// Each active column has norm 1/√(number of active columns): equal stream power, total transmit power 1. Inactive rows are zero and
/// get zero columns. Identical rows, zero rows and more rows than antennas give finite weights; a user all of whose active rows are
/// zero gets the fixed beam e₁.
/// </remarks>
public interface IPrecoder
{
    /// <summary>Computes the weights of every stream of all users, jointly, for each leading index.</summary>
    /// <param name="rows">What the base station believes, complex64 <c>[..., U, K, A]</c>; one row per stream.</param>
    /// <param name="active">Which rows carry a stream, bool <c>[..., U, K]</c>.</param>
    /// <param name="noiseVariance">σ² per receive antenna and subcarrier, linear, at least 0, relative to a total transmit power of 1.</param>
    /// <returns>W, complex64 <c>[..., A, U·K]</c>, owned by the caller's dispose scope.</returns>
    Tensor Design(Tensor rows, Tensor active, double noiseVariance);
}
