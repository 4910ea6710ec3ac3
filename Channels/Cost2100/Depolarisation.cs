using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Draws the polarisation matrices of scatterers [COST2100, equation 3.45].</summary>
/// <remarks>
/// vv: 1, vh: XPD_V^-1/2, hv: (XPD_H·CPR)^-1/2, hh: CPR^-1/2, each with a phase of its own, scaled to unit Frobenius norm; the first letter is
/// what the base station sends, the second what the user receives.
/// </remarks>
internal sealed class Depolarisation
{
    private readonly double[] mean;
    private readonly double[] deviation;

    /// <summary>Creates the drawer.</summary>
    /// <param name="scenario">The parameter column.</param>
    public Depolarisation(Cost2100Scenario scenario)
    {
        IReadOnlyList<double>[] ratios = [scenario.VerticalDiscriminationDecibels, scenario.HorizontalDiscriminationDecibels, scenario.CopolarRatioDecibels];
        mean = [.. ratios.Select(ratio => ratio[0])];
        deviation = [.. ratios.Select(ratio => ratio[1])];
    }

    /// <summary>The matrix of the line of sight: nothing is turned.</summary>
    /// <param name="device">Where it is wanted.</param>
    /// <returns>Complex128 <c>[4]</c>.</returns>
    public static Tensor Straight(Device device)
    {
        using var scope = NewDisposeScope();
        var straight = tensor(new[] { Math.Sqrt(0.5), 0, 0, Math.Sqrt(0.5) }, device: device);
        return complex(straight, zeros_like(straight)).MoveToOuterDisposeScope();
    }

    /// <summary>Draws matrices.</summary>
    /// <param name="random">The source of randomness.</param>
    /// <param name="shape">Shape of the set of scatterers.</param>
    /// <returns>vv, vh, hv, hh: complex128 <c>[shape, 4]</c>.</returns>
    public Tensor Draw(RandomSource random, params long[] shape)
    {
        using var scope = NewDisposeScope();
        var drawn = random.Normal([.. shape, 3]) * tensor(deviation, device: random.Device) + tensor(mean, device: random.Device);
        var (vertical, horizontal, ratio) = (drawn.select(-1, 0), drawn.select(-1, 1), drawn.select(-1, 2));
        var powers = (stack([zeros_like(ratio), vertical, horizontal + ratio, ratio], -1) * (-Math.Log(10) / 10)).exp();
        var amplitudes = (powers / powers.sum(-1, keepdim: true)).sqrt();
        return (Multipath.ArrayLink.Phasor(random.Uniform([.. shape, 4])) * amplitudes).MoveToOuterDisposeScope();
    }
}
