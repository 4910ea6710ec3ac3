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

    /// <summary>Draws all clusters.</summary>
    /// <param name="surroundings">The visibility regions that show them.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>The clusters, owned by the caller's dispose scope.</returns>
    public DrawnClusters Draw(Surroundings surroundings, RandomSource random)
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

        var peaks = gain?.DrawPeaks(random, clusters, scenario.Components);
        var radii = gain?.DrawRadii(random, clusters, scenario.Components);
        var all = new Scatterers(amplitudes, departurePoints, arrivalPoints, linkDelay.unsqueeze(-1), polarisation);
        return new DrawnClusters(all, distance, departure.Centre, arrivalCentre, peaks, radii).MoveToOuterDisposeScope();
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
