using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Draws the far clusters behind the visibility regions: twin and single-bounce ellipsoids of scatterers [COST2100].</summary>
internal sealed class FarClusters
{
    private const double Degree = Math.PI / 180;
    private readonly Cost2100Scenario scenario;
    private readonly ClusterSpreads spreads;
    private readonly Depolarisation? depolarisation;
    private readonly ComponentGain? gain;
    private readonly SemiAxes axes;
    private readonly bool mirrored;

    /// <summary>Creates the drawer.</summary>
    /// <param name="scenario">The parameter column.</param>
    /// <param name="spreads">Draws shadowing and extents.</param>
    /// <param name="depolarisation">Draws polarisation matrices; null where nobody asks for them.</param>
    /// <param name="axes">How semi-axes relate to standard deviations.</param>
    /// <param name="corrections">What is mended, none of them null.</param>
    public FarClusters(Cost2100Scenario scenario, ClusterSpreads spreads, Depolarisation? depolarisation, SemiAxes axes, Corrections corrections)
    {
        this.scenario = scenario;
        this.spreads = spreads;
        this.depolarisation = depolarisation;
        this.axes = axes;
        mirrored = corrections.AzimuthMirroring is true;
        gain = ComponentGain.Of(scenario, clipped: corrections.GainRadius is not true);
    }

    /// <summary>Draws all clusters and hands each link those that are visible to it.</summary>
    /// <param name="surroundings">Links and visibility regions.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>The scatterers, weighted with √(A_C·S)·A_VR of each link.</returns>
    public Scatterers Draw(Surroundings surroundings, RandomSource random)
    {
        using var scope = NewDisposeScope();
        var clusters = surroundings.References.shape[0];
        var (shadowing, delaySpread, departureElevation, departureAzimuth, arrivalElevation, arrivalAzimuth) = spreads.Draw(random, clusters);
        var chance = random.Uniform(mirrored ? 5 : 3, clusters);
        var turns = random.Normal(4, clusters);
        var twin = (chance[0] >= scenario.SingleBounceShare);

        var reference = Points.AtGround(surroundings.References);                                   // [C]
        var station = surroundings.Bases is { } bases ? Points.AtGround(bases) : (Points?)null;
        var bearing = (station is { } from ? reference - from : reference).Azimuth();
        var distance = chance[1] * (scenario.ClusterDistance[1] - scenario.ClusterDistance[0]) + scenario.ClusterDistance[0];
        var departure = Ellipsoid.Place(
            Bearing(bearing, turns[0], mirrored ? chance[3] : null), Elevation(turns[1]), distance, delaySpread, departureAzimuth, departureElevation, axes);
        if (station is { } origin)
            departure = departure with { Centre = departure.Centre + origin };
        var arrivalDistance = distance * (departureAzimuth * (Degree / 2)).tan() / (arrivalAzimuth * (Degree / 2)).tan();
        var arrival = Ellipsoid.Place(
            Bearing(bearing, turns[2], mirrored ? chance[4] : null), Elevation(turns[3]), arrivalDistance, delaySpread, arrivalAzimuth, arrivalElevation, axes);

        // The same normal numbers place a scatterer in both copies of a twin.
        var normal = random.Normal(3, clusters, scenario.Components);
        var offsets = new Points(normal[0], normal[1], normal[2]);
        var departurePoints = departure.Scatter(offsets);                                           // [C, N_p]
        var arrivalPoints = arrival.Scatter(offsets) + reference.Map(coordinate => coordinate.unsqueeze(-1));
        arrivalPoints = Either(twin.unsqueeze(-1), arrivalPoints, departurePoints);
        var arrivalCentre = Either(twin, arrival.Centre + reference, departure.Centre);             // [C]
        var exponential = (1 - chance[2]).log().mul_(-scenario.LinkDelay[0]).add_(scenario.LinkDelay[1]);
        var linkDelay = where(twin, exponential, zeros_like(exponential));
        var drawn = gain is null ? Scatterers.DrawAmplitudes(random, clusters, scenario.Components) : Scatterers.DrawPhasors(random, clusters, scenario.Components);
        var amplitudes = drawn * shadowing.sqrt().unsqueeze(-1);
        var polarisation = depolarisation?.Draw(random, clusters, scenario.Components);

        var visible = VisibleClusters.Of(surroundings);
        var over = station is null && surroundings.Stations is null
            ? visible.Take(distance)
            : (departure.Centre.Map(visible.Take) - surroundings.StationsOver(1)).Length();
        var power = Power(surroundings, over, arrivalCentre, linkDelay, visible);                   // [B, L, K]
        var weight = (power.sqrt() * visible.Gains).unsqueeze(-1);
        var all = new Scatterers(amplitudes, departurePoints, arrivalPoints, linkDelay.unsqueeze(-1), polarisation);
        if (gain is null)
        {
            var seen = all.Map(visible.Take);
            return (seen with { Amplitudes = seen.Amplitudes * weight }).MoveToOuterDisposeScope();
        }
        var components = VisibleComponents.Of(gain, surroundings, visible, weight, scenario.Components, random);
        var chosen = (all with { LinkDelays = all.LinkDelays.expand(-1, scenario.Components) }).Map(components.Take);
        return (chosen with { Amplitudes = chosen.Amplitudes * components.Weights }).MoveToOuterDisposeScope();
    }

    /// <summary>A_C = max(e^{-k(τ_m - τ_0)}, e^{-k(τ_B - τ_0)}) with τ_m the delay over the cluster's centre and τ_0 that of the straight line.</summary>
    private Tensor Power(Surroundings surroundings, Tensor departureLeg, Points arrivalCentre, Tensor linkDelay, VisibleClusters visible)
    {
        using var scope = NewDisposeScope();
        var user = Points.AtGround(surroundings.Users.unsqueeze(2));                                // [B, L, 1]
        var arrivalLeg = (arrivalCentre.Map(visible.Take) - user).Length();                         // [B, L, K]
        var over = (departureLeg + arrivalLeg) / scenario.SpeedOfLight + visible.Take(linkDelay);
        var straight = (surroundings.Stations is null ? user : user - surroundings.StationsOver(1)).Length() / scenario.SpeedOfLight;
        return ((over.clamp(max: scenario.CutOffDelay) - straight) * -scenario.DecayRate).exp().MoveToOuterDisposeScope();
    }

    /// <summary>Azimuths off the line to the reference region; where a side is drawn, on either side of it.</summary>
    private Tensor Bearing(Tensor bearing, Tensor normal, Tensor? side)
    {
        var turn = (normal * scenario.ClusterAzimuthDegrees[1] + scenario.ClusterAzimuthDegrees[0]) * Degree;
        return side is null ? bearing + turn : bearing + where(side < 0.5, turn, -turn);
    }

    private Tensor Elevation(Tensor normal) =>
        (normal * scenario.ClusterElevationDegrees[1] + scenario.ClusterElevationDegrees[0]) * Degree;

    private static Points Either(Tensor condition, Points yes, Points no) =>
        new(where(condition, yes.X, no.X), where(condition, yes.Y, no.Y), where(condition, yes.Z, no.Z));
}
