using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>How visibility fades at the rim of a region: A(d) = 1/2 - arctan(2√2·(L + d - R)/√(λL))/π [COST2100].</summary>
internal static class VisibilityGain
{
    /// <summary>Evaluates the amplitude gain.</summary>
    /// <param name="distances">d, from the region's centre [m], float64 <c>[...]</c>.</param>
    /// <param name="radius">R, its radius [m].</param>
    /// <param name="width">L, the width of its transition [m].</param>
    /// <param name="scenario">For the wavelength.</param>
    /// <returns>A, float64 <c>[...]</c>.</returns>
    public static Tensor Evaluate(Tensor distances, double radius, double width, Cost2100Scenario scenario)
    {
        using var scope = NewDisposeScope();
        var wavelength = scenario.SpeedOfLight / scenario.CarrierFrequency;
        var steepness = 2 * Math.Sqrt(2) / Math.Sqrt(wavelength * width);
        return (0.5 - ((distances + (width - radius)) * steepness).atan() / Math.PI).MoveToOuterDisposeScope();
    }
}
