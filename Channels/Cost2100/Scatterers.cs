using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Point scatterers of clusters, some for every user, some for one.</summary>
/// <param name="Amplitudes">a_p times the cluster's √S, complex128 <c>[B, U, K, N_p]</c> or <c>[B, 1, K, N_p]</c>.</param>
/// <param name="Departure">Scatterers as seen from the base station at the origin [m], of the same shape.</param>
/// <param name="Arrival">Scatterers as seen from the user [m], of the same shape.</param>
/// <param name="LinkDelays">τ_link [s], float64 <c>[B, U, K, 1]</c> or <c>[B, 1, K, 1]</c>.</param>
internal sealed record Scatterers(Tensor Amplitudes, Points Departure, Points Arrival, Tensor LinkDelays)
{
    /// <summary>Draws a_p: complex Gaussian, scaled to Σ|a_p|² = 1 in each cluster.</summary>
    /// <param name="random">The source of randomness.</param>
    /// <param name="shape">Shape with N_p as last axis.</param>
    /// <returns>Complex128 <c>[shape]</c>.</returns>
    public static Tensor DrawAmplitudes(RandomSource random, params long[] shape)
    {
        using var scope = NewDisposeScope();
        var parts = random.Normal([.. shape, 2]);
        var norm = parts.square().sum([-2L, -1L], keepdim: true).sqrt();
        return view_as_complex(parts / norm).MoveToOuterDisposeScope();
    }
}
