using Channels.Multipath;
using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Draws the line of sight: K times the power of everything else, for users within its region [COST2100].</summary>
/// <remarks>
/// The code draws K once for an environment and the region's centre in a square to one side of the base station, computes the region's
/// transition and leaves it out, and gives the line of sight no phase but that of its delay. Each can be mended.
/// </remarks>
/// <param name="scenario">The parameter column, with a line of sight.</param>
/// <param name="corrections">What is mended, none of them null.</param>
internal sealed class LineOfSight(Cost2100Scenario scenario, Corrections corrections)
{
    private readonly LineOfSightParameters parameters = scenario.LineOfSight!;

    /// <summary>Draws what is random about it, all of which stays while users move.</summary>
    /// <param name="batch">B, number of drops.</param>
    /// <param name="users">U, users of a drop.</param>
    /// <param name="layout">The base stations.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>The draw, owned by the caller's dispose scope.</returns>
    public DrawnLineOfSight Draw(int batch, int users, BaseStationLayout layout, RandomSource random)
    {
        using var scope = NewDisposeScope();
        // Of all base stations, so that numbers do not depend on whose links are drawn.
        var corner = Offset(random.Uniform(batch, layout.Count, 1, 2)).narrow(1, layout.Chosen, 1);
        if (layout.Position is { } centre)
            corner = corner + tensor(centre, device: corner.device);
        var factors = corrections.RicianFactorPerUser is true ? users : 1;
        var decibels = random.Normal(batch, factors, 1) * parameters.RicianDeviationDecibels + parameters.RicianFactorDecibels;
        var phasors = corrections.LineOfSightPhase is true ? ArrayLink.Phasor(random.Uniform(batch, users, 1)) : null;
        return new DrawnLineOfSight(corner, decibels, phasors, users).MoveToOuterDisposeScope();
    }

    /// <summary>The amplitudes at some places.</summary>
    /// <param name="drawn">What is random.</param>
    /// <param name="positions">Positions of the users [m] <c>[B, L, 1]</c>.</param>
    /// <param name="distances">From the base station to them [m], float64 <c>[B, L, 1]</c>.</param>
    /// <param name="scattered">Power of all other paths, float64 <c>[B, L, 1]</c>.</param>
    /// <param name="slots">T, slots in L = T·U links, or T·U·N of elements.</param>
    /// <param name="fade">How far users travel while it appears or vanishes [m]; 0 for users who stand.</param>
    /// <returns>Amplitudes, 0 where there is none, complex128 <c>[B, L, 1]</c>.</returns>
    public Tensor Amplitudes(DrawnLineOfSight drawn, Points positions, Tensor distances, Tensor scattered, int slots, double fade)
    {
        using var scope = NewDisposeScope();
        var elements = distances.shape[1] / drawn.Users / slots;
        var fromCentre = (positions - Points.AtGround(drawn.Centre)).Length();                      // [B, L, 1]
        var present = (distances <= parameters.CutOffDistance).logical_and(fromCentre <= parameters.VisibilityRadius);
        var decibels = drawn.Decibels.shape[1] > 1 ? PerLink(drawn.Decibels, slots, elements) : drawn.Decibels;
        var factor = (decibels * (Math.Log(10) / 10)).exp() * present.to(ScalarType.Float64);
        var amplitude = (factor * scattered).sqrt();                                                // [B, L, 1]
        if (corrections.LineOfSightTransition is true)
            amplitude = amplitude * Transition(fromCentre);
        if (fade > 0)
            amplitude = Fade.Towards(amplitude, -(distances - parameters.CutOffDistance).maximum(fromCentre - parameters.VisibilityRadius), fade);
        return (drawn.Phasors is null ? complex(amplitude, zeros_like(amplitude)) : PerLink(drawn.Phasors, slots, elements) * amplitude).MoveToOuterDisposeScope();
    }

    /// <summary>The region's centre off the base station: in a square of its positive quadrant, or in a disc.</summary>
    private Tensor Offset(Tensor chance)
    {
        var reach = parameters.CutOffDistance - parameters.VisibilityRadius;
        if (corrections.LineOfSightRegion is not true)
            return chance * reach;
        var angle = chance.select(-1, 0) * (2 * Math.PI);
        return stack([angle.cos(), angle.sin()], -1) * (chance.narrow(-1, 1, 1).sqrt() * reach);
    }

    private Tensor Transition(Tensor fromCentre) => parameters.TransitionWidth == 0
        ? ones_like(fromCentre)
        : VisibilityGain.Evaluate(fromCentre, parameters.VisibilityRadius, parameters.TransitionWidth, scenario);

    private static Tensor PerLink(Tensor perUser, long slots, long elements) =>
        perUser.unsqueeze(1).unsqueeze(3).expand(-1, slots, -1, elements, -1).flatten(1, 3);        // [B, L, 1]
}
