using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>The gain function of single components: each reaches only a part of its visibility region [COST2100].</summary>
/// <remarks>g = exp(-d²/(2s²)) with d the distance on the ground from the component's peak; components with g² below -10 dB are left out.</remarks>
internal sealed class ComponentGain
{
    private const double SmallestPower = 0.1;
    private readonly double logarithmOfMedian;
    private readonly double deviation;
    private readonly double regionRadius;
    private readonly (double Least, double Most) range;

    private ComponentGain(Cost2100Scenario scenario, LogNormalParameter radius, bool clipped)
    {
        logarithmOfMedian = radius.LogarithmOfMedian();
        deviation = radius.LogarithmicDeviation();
        regionRadius = scenario.VisibilityRadius;
        range = clipped ? (scenario.TransitionWidth, scenario.VisibilityRadius) : (0, double.PositiveInfinity);
    }

    /// <summary>The gain function of a scenario.</summary>
    /// <param name="scenario">The parameter column.</param>
    /// <param name="clipped">Whether radii are kept between L_C and R_C.</param>
    /// <returns>The function, or null if components reach everyone alike.</returns>
    public static ComponentGain? Of(Cost2100Scenario scenario, bool clipped) =>
        scenario.GainRadius is { } radius ? new ComponentGain(scenario, radius, clipped) : null;

    /// <summary>Evaluates the gain.</summary>
    /// <param name="squaredDistances">d² [m²], float64 <c>[...]</c>.</param>
    /// <param name="radii">s [m], float64, broadcast.</param>
    /// <param name="fade">The length over which components vanish before they are left out [m]; 0 for users who stand.</param>
    /// <returns>g, 0 where its power is below -10 dB, float64 <c>[...]</c>.</returns>
    public static Tensor Evaluate(Tensor squaredDistances, Tensor radii, double fade)
    {
        using var scope = NewDisposeScope();
        var gain = (squaredDistances / radii.square() * -0.5).exp();
        gain = gain * (gain.square() >= SmallestPower).to(ScalarType.Float64);
        return fade == 0
            ? gain.MoveToOuterDisposeScope()
            : Fade.Towards(gain, radii * Math.Sqrt(-Math.Log(SmallestPower)) - squaredDistances.sqrt(), fade).MoveToOuterDisposeScope();
    }

    /// <summary>Draws s.</summary>
    /// <param name="random">The source of randomness.</param>
    /// <param name="shape">Shape of the set of components.</param>
    /// <returns>Metres, float64 <c>[shape]</c>, or <c>[1]</c> if all are alike.</returns>
    public Tensor DrawRadii(RandomSource random, params long[] shape)
    {
        using var scope = NewDisposeScope();
        var logarithm = deviation > 0 ? random.Normal(shape) * deviation : zeros(1, dtype: ScalarType.Float64, device: random.Device);
        return (logarithm + logarithmOfMedian).exp().clamp(range.Least, range.Most).MoveToOuterDisposeScope();
    }

    /// <summary>Draws the peaks, uniform in a visibility region.</summary>
    /// <param name="random">The source of randomness.</param>
    /// <param name="shape">Shape of the set of components.</param>
    /// <returns>Positions relative to the region's centre [m], float64 <c>[2, shape]</c>.</returns>
    public Tensor DrawPeaks(RandomSource random, params long[] shape)
    {
        using var scope = NewDisposeScope();
        var chance = random.Uniform([2, .. shape]);
        var angle = chance[0] * (2 * Math.PI);
        return (stack([angle.cos(), angle.sin()], 0) * (chance[1].sqrt() * regionRadius)).MoveToOuterDisposeScope();
    }
}
