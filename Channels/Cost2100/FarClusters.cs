using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Draws the far clusters behind the visibility regions: twin and single-bounce ellipsoids of scatterers [COST2100].</summary>
internal sealed class FarClusters
{
    private const double Degree = Math.PI / 180;
    private readonly Cost2100Scenario scenario;
    private readonly ClusterSpreads spreads;

    /// <summary>Creates the drawer.</summary>
    /// <param name="scenario">The parameter column.</param>
    /// <param name="spreads">Draws shadowing and extents.</param>
    public FarClusters(Cost2100Scenario scenario, ClusterSpreads spreads)
    {
        this.scenario = scenario;
        this.spreads = spreads;
    }

    /// <summary>Draws all clusters and hands each user those that are visible to him.</summary>
    /// <param name="surroundings">Users and visibility regions.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>The scatterers, weighted with √(A_C·S)·A_VR of each user.</returns>
    public Scatterers Draw(Surroundings surroundings, RandomSource random)
    {
        using var scope = NewDisposeScope();
        var clusters = surroundings.References.shape[0];
        var (shadowing, delaySpread, departureElevation, departureAzimuth, arrivalElevation, arrivalAzimuth) = spreads.Draw(random, clusters);
        var chance = random.Uniform(3, clusters);
        var turns = random.Normal(4, clusters);
        var twin = (chance[0] >= scenario.SingleBounceShare);

        var reference = Points.AtGround(surroundings.References);                                   // [C]
        var bearing = reference.Azimuth();
        var distance = chance[1] * (scenario.ClusterDistance[1] - scenario.ClusterDistance[0]) + scenario.ClusterDistance[0];
        var departure = Ellipsoid.Place(
            Bearing(bearing, turns[0]), Elevation(turns[1]), distance, delaySpread, departureAzimuth, departureElevation);
        var arrivalDistance = distance * (departureAzimuth * (Degree / 2)).tan() / (arrivalAzimuth * (Degree / 2)).tan();
        var arrival = Ellipsoid.Place(
            Bearing(bearing, turns[2]), Elevation(turns[3]), arrivalDistance, delaySpread, arrivalAzimuth, arrivalElevation);

        // The same normal numbers place a scatterer in both copies of a twin.
        var normal = random.Normal(3, clusters, scenario.Components);
        var offsets = new Points(normal[0], normal[1], normal[2]);
        var departurePoints = departure.Scatter(offsets);                                           // [C, N_p]
        var arrivalPoints = arrival.Scatter(offsets) + reference.Map(coordinate => coordinate.unsqueeze(-1));
        arrivalPoints = Either(twin.unsqueeze(-1), arrivalPoints, departurePoints);
        var arrivalCentre = Either(twin, arrival.Centre + reference, departure.Centre);             // [C]
        var exponential = (1 - chance[2]).log().mul_(-scenario.LinkDelay[0]).add_(scenario.LinkDelay[1]);
        var linkDelay = where(twin, exponential, zeros_like(exponential));
        var amplitudes = Scatterers.DrawAmplitudes(random, clusters, scenario.Components) * shadowing.sqrt().unsqueeze(-1);

        var visible = VisibleClusters.Of(surroundings);
        var power = Power(surroundings.Users, distance, arrivalCentre, linkDelay, visible);         // [B, U, K]
        var weight = (power.sqrt() * visible.Gains).unsqueeze(-1);
        return new Scatterers(
            (visible.Take(amplitudes) * weight).MoveToOuterDisposeScope(),
            departurePoints.Map(coordinate => visible.Take(coordinate).MoveToOuterDisposeScope()),
            arrivalPoints.Map(coordinate => visible.Take(coordinate).MoveToOuterDisposeScope()),
            visible.Take(linkDelay).unsqueeze(-1).MoveToOuterDisposeScope());
    }

    /// <summary>A_C = max(e^{-k(τ_m - τ_0)}, e^{-k(τ_B - τ_0)}) with τ_m the delay over the cluster's centre and τ_0 that of the straight line.</summary>
    private Tensor Power(Tensor users, Tensor distance, Points arrivalCentre, Tensor linkDelay, VisibleClusters visible)
    {
        using var scope = NewDisposeScope();
        var user = Points.AtGround(users.unsqueeze(2));                                             // [B, U, 1]
        var arrivalLeg = (arrivalCentre.Map(visible.Take) - user).Length();                         // [B, U, K]
        var over = (visible.Take(distance) + arrivalLeg) / ClusterSpreads.SpeedOfLight + visible.Take(linkDelay);
        var straight = user.Length() / ClusterSpreads.SpeedOfLight;
        return ((over.clamp(max: scenario.CutOffDelay) - straight) * -scenario.DecayRate).exp().MoveToOuterDisposeScope();
    }

    private Tensor Bearing(Tensor bearing, Tensor normal) =>
        bearing + (normal * scenario.ClusterAzimuthDegrees[1] + scenario.ClusterAzimuthDegrees[0]) * Degree;

    private Tensor Elevation(Tensor normal) =>
        (normal * scenario.ClusterElevationDegrees[1] + scenario.ClusterElevationDegrees[0]) * Degree;

    private static Points Either(Tensor condition, Points yes, Points no) =>
        new(where(condition, yes.X, no.X), where(condition, yes.Y, no.Y), where(condition, yes.Z, no.Z));
}
