using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>The far clusters of a block of environments, and what links see of them.</summary>
/// <param name="Scatterers">All scatterers <c>[C, N_p]</c>, link delays <c>[C, 1]</c>.</param>
/// <param name="Distances">From the reference base station to the centres [m], float64 <c>[C]</c>.</param>
/// <param name="DepartureCentres">Centres as seen from the base station [m] <c>[C]</c>.</param>
/// <param name="ArrivalCentres">Centres as seen from the users [m] <c>[C]</c>.</param>
/// <param name="Peaks">Where components are strongest relative to their regions' centres [m], float64 <c>[2, C, N_p]</c>; null if they reach everyone alike.</param>
/// <param name="Radii">Radii of their gains [m], float64 <c>[C, N_p]</c> or <c>[1]</c>; null likewise.</param>
internal sealed record DrawnClusters(Scatterers Scatterers, Tensor Distances, Points DepartureCentres, Points ArrivalCentres, Tensor? Peaks, Tensor? Radii)
{
    /// <summary>Hands each link the clusters that are visible to it.</summary>
    /// <param name="surroundings">Links and visibility regions.</param>
    /// <param name="scenario">The parameter column.</param>
    /// <returns>The scatterers, weighted with √(A_C·S)·A_VR of each link; owned by the caller's dispose scope.</returns>
    public Scatterers SeenBy(Surroundings surroundings, Cost2100Scenario scenario)
    {
        using var scope = NewDisposeScope();
        var visible = VisibleClusters.Of(surroundings);
        var over = surroundings.Bases is null && surroundings.Stations is null
            ? visible.Take(Distances)
            : (DepartureCentres.Map(visible.Take) - surroundings.StationsOver(1)).Length();
        var power = Power(surroundings, over, visible, scenario);                                   // [B, L, K]
        var weight = (power.sqrt() * visible.Gains).unsqueeze(-1);
        if (Peaks is null)
        {
            var seen = Scatterers.Map(visible.Take);
            return (seen with { Amplitudes = seen.Amplitudes * weight }).MoveToOuterDisposeScope();
        }
        var components = VisibleComponents.Of(this, surroundings, visible, weight);
        var chosen = (Scatterers with { LinkDelays = Scatterers.LinkDelays.expand(-1, Scatterers.Amplitudes.shape[1]) }).Map(components.Take);
        return (chosen with { Amplitudes = chosen.Amplitudes * components.Weights }).MoveToOuterDisposeScope();
    }

    /// <summary>A_C = max(e^{-k(τ_m - τ_0)}, e^{-k(τ_B - τ_0)}) with τ_m the delay over the cluster's centre and τ_0 that of the straight line.</summary>
    private Tensor Power(Surroundings surroundings, Tensor departureLeg, VisibleClusters visible, Cost2100Scenario scenario)
    {
        using var scope = NewDisposeScope();
        var user = Points.AtGround(surroundings.Users.unsqueeze(2));                                // [B, L, 1]
        var arrivalLeg = (ArrivalCentres.Map(visible.Take) - user).Length();                        // [B, L, K]
        var over = (departureLeg + arrivalLeg) / scenario.SpeedOfLight + visible.Take(Scatterers.LinkDelays.squeeze(-1));
        var straight = (surroundings.Stations is null ? user : user - surroundings.StationsOver(1)).Length() / scenario.SpeedOfLight;
        return ((over.clamp(max: scenario.CutOffDelay) - straight) * -scenario.DecayRate).exp().MoveToOuterDisposeScope();
    }

    /// <summary>Hands all tensors to the enclosing dispose scope.</summary>
    /// <returns>These clusters.</returns>
    public DrawnClusters MoveToOuterDisposeScope()
    {
        Scatterers.MoveToOuterDisposeScope();
        DepartureCentres.Map(values => values.MoveToOuterDisposeScope());
        ArrivalCentres.Map(values => values.MoveToOuterDisposeScope());
        foreach (var values in new[] { Distances, Peaks, Radii })
            values?.MoveToOuterDisposeScope();
        return this;
    }
}
