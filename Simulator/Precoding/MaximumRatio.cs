using static TorchSharp.torch;

namespace Simulator.Precoding;

/// <summary>Maximum ratio transmission: w ∝ hᴴ for each row h, whatever the other rows are [Lo1999].</summary>
public sealed class MaximumRatio : IPrecoder
{
    /// <inheritdoc/>
    public Tensor Design(Tensor rows, Tensor active, double noiseVariance)
    {
        using var scope = NewDisposeScope();
        return StreamColumns.OfRows(rows.flatten(-3, -2), active).MoveToOuterDisposeScope();
    }
}
