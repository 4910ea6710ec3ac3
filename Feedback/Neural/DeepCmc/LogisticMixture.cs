using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Feedback.Neural.DeepCmc;

/// <summary>A factorised prior: for each latent channel a mixture of three logistic densities [Balle2018].</summary>
/// <remarks>The probability of a symbol is the mass between its edges, (q ± 1/2)/gain.</remarks>
public sealed class LogisticMixture : nn.Module
{
    private const int Components = 3;
    private const double Smallest = 1e-9;
    private readonly Parameter weights;
    private readonly Parameter locations;
    private readonly Parameter logScales;

    /// <summary>Creates the prior.</summary>
    /// <param name="channels">K, latent channels.</param>
    public LogisticMixture(int channels)
        : base(nameof(LogisticMixture))
    {
        weights = new Parameter(zeros([Components, channels]));
        locations = new Parameter(zeros([Components, channels]));
        logScales = new Parameter(zeros([Components, channels]));
        RegisterComponents();
    }

    /// <summary>Estimated bits.</summary>
    /// <param name="symbols">q, whole or relaxed, <c>[n, K, P]</c>.</param>
    /// <param name="gain">The gains, <c>[1, K, 1]</c>.</param>
    /// <returns>Bits of each crop, <c>[n]</c>.</returns>
    public Tensor Bits(Tensor symbols, Tensor gain)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        ArgumentNullException.ThrowIfNull(gain);
        using var scope = NewDisposeScope();
        var inverse = (-logScales).exp().reshape(Components, 1, -1, 1);
        var shares = nn.functional.softmax(weights, 0).reshape(Components, 1, -1, 1);
        var centre = ((symbols / gain).unsqueeze(0) - locations.reshape(Components, 1, -1, 1)) * inverse;   // [3, n, K, P]
        var half = inverse * (gain.reciprocal() * 0.5).unsqueeze(0);
        var mass = ((centre + half).sigmoid() - (centre - half).sigmoid()) * shares;
        return (-mass.sum(0L).clamp_min(Smallest).log2()).sum([1L, 2L]).MoveToOuterDisposeScope();
    }
}
