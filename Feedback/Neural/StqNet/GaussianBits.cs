using static TorchSharp.torch;

namespace Feedback.Neural.StqNet;

/// <summary>The entropy model of the bottleneck: the mass of a Gaussian in a bin of width 1 around each value, in bits.</summary>
internal static class GaussianBits
{
    private const double Smallest = 1e-9;

    /// <summary>-Σ log2 of the masses, <c>[n]</c>, of values <c>[n, M]</c> with means and logarithms of scales <c>[M]</c>.</summary>
    public static Tensor Of(Tensor values, Tensor means, Tensor logScales)
    {
        using var scope = NewDisposeScope();
        var inverse = (-logScales).exp() / Math.Sqrt(2);
        var distance = values - means;
        var mass = (special.erf((distance + 0.5) * inverse) - special.erf((distance - 0.5) * inverse)) / 2;
        return (-mass.clamp_min(Smallest).log2()).sum(1).MoveToOuterDisposeScope();
    }
}
