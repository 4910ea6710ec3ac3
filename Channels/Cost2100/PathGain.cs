using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>L = 10^(-PL/20) with PL = n·log10 d + 20 log10 f - 147.56 dB, n = 20 for free space.</summary>
internal static class PathGain
{
    private const double AtOneHertzDecibels = 147.56;

    /// <summary>Evaluates the amplitude gain.</summary>
    /// <param name="scenario">The parameter column.</param>
    /// <param name="straight">Vectors from the base station to the users [m] <c>[...]</c>.</param>
    /// <returns>L, float64 <c>[...]</c>.</returns>
    public static Tensor Amplitude(Cost2100Scenario scenario, Points straight)
    {
        using var scope = NewDisposeScope();
        var atOneMetre = Math.Pow(10, AtOneHertzDecibels / 20) / scenario.CarrierFrequency;
        var squared = straight.X.square() + straight.Y.square() + straight.Z.square();
        var free = atOneMetre / squared.sqrt();
        var steeper = scenario.PathLossPerDecadeDecibels / 20 - 1;
        return (steeper == 0 ? free : free * (squared.log() * (-steeper / 2)).exp()).MoveToOuterDisposeScope();
    }

    /// <summary>Evaluates the power gain at a distance.</summary>
    /// <param name="scenario">The parameter column.</param>
    /// <param name="distances">d [m], float64 <c>[...]</c>.</param>
    /// <returns>-PL, decibels, float64 <c>[...]</c>.</returns>
    public static Tensor Decibels(Cost2100Scenario scenario, Tensor distances)
    {
        using var scope = NewDisposeScope();
        return (AtOneHertzDecibels - 20 * Math.Log10(scenario.CarrierFrequency) - scenario.PathLossPerDecadeDecibels * distances.log10()).MoveToOuterDisposeScope();
    }
}
