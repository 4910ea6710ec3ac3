using static TorchSharp.torch;

namespace Simulator.Precoding;

/// <summary>Regularised zero forcing: W ∝ Hᴴ(HHᴴ + Kσ²I)⁻¹ with K active rows [Peel2005].</summary>
/// <remarks>The loading is never less than that of <see cref="ZeroForcing"/>, which is what this becomes without noise.</remarks>
public sealed class RegularizedZeroForcing : IPrecoder
{
    /// <inheritdoc/>
    public Tensor Design(Tensor rows, Tensor active, double noiseVariance)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(noiseVariance);
        using var scope = NewDisposeScope();
        var weights = LoadedGram.Solve(rows, active, streamLoading: noiseVariance);           // [..., U·K, A]
        return StreamColumns.OfRows(weights, active).MoveToOuterDisposeScope();
    }
}
