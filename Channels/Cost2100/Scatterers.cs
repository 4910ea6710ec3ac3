using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Point scatterers of clusters, some for every link, some for one.</summary>
/// <param name="Amplitudes">a_p times the cluster's √S, complex128 <c>[B, L, K, N_p]</c> or <c>[B, 1, K, N_p]</c>.</param>
/// <param name="Departure">Scatterers as seen from the base station [m], of the same shape.</param>
/// <param name="Arrival">Scatterers as seen from the user [m], of the same shape.</param>
/// <param name="LinkDelays">τ_link [s], float64 <c>[B, L, K, 1]</c>, <c>[B, 1, K, 1]</c> or as the amplitudes.</param>
/// <param name="Polarisation">Polarisation matrices, complex128 <c>[..., 4]</c>; null where nobody asks for them.</param>
internal sealed record Scatterers(Tensor Amplitudes, Points Departure, Points Arrival, Tensor LinkDelays, Tensor? Polarisation)
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

    /// <summary>Draws a_p of equal size, √(1/N_p), and uniform phase.</summary>
    /// <param name="random">The source of randomness.</param>
    /// <param name="shape">Shape with N_p as last axis.</param>
    /// <returns>Complex128 <c>[shape]</c>.</returns>
    public static Tensor DrawPhasors(RandomSource random, params long[] shape)
    {
        using var scope = NewDisposeScope();
        return (Multipath.ArrayLink.Phasor(random.Uniform(shape)) / Math.Sqrt(shape[^1])).MoveToOuterDisposeScope();
    }

    /// <summary>Applies the same operation to every property.</summary>
    /// <param name="operation">What to do with a tensor whose first axes are <c>[B, L, K]</c>.</param>
    /// <returns>The new scatterers.</returns>
    public Scatterers Map(Func<Tensor, Tensor> operation) => new(
        operation(Amplitudes), Departure.Map(operation), Arrival.Map(operation), operation(LinkDelays), Polarisation is null ? null : operation(Polarisation));

    /// <summary>Hands all tensors to the enclosing dispose scope.</summary>
    /// <returns>These scatterers.</returns>
    public Scatterers MoveToOuterDisposeScope() => Map(tensor => tensor.MoveToOuterDisposeScope());
}
