using static TorchSharp.torch;

namespace Simulator.Precoding;

/// <summary>Zero forcing with a vanishing loading: W ∝ Hᴴ(HHᴴ + αI)⁻¹, α = 1e-6·tr(HHᴴ)/K [Spencer2004].</summary>
/// <remarks>K is the number of active rows. The loading makes the weights exist for any rows and costs nothing measurable otherwise.</remarks>
public sealed class ZeroForcing : IPrecoder
{
    /// <inheritdoc/>
    public Tensor Design(Tensor rows, Tensor active, double noiseVariance)
    {
        using var scope = NewDisposeScope();
        var weights = LoadedGram.Solve(rows, active, streamLoading: 0);                       // [..., U·K, A]
        return StreamColumns.OfRows(weights, active).MoveToOuterDisposeScope();
    }
}
