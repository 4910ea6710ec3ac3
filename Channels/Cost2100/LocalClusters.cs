using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Draws the clusters around base station and users: always visible, single-bounce, as flat discs [COST2100].</summary>
internal sealed class LocalClusters
{
    private const double Flatness = 20;
    private readonly Cost2100Scenario scenario;
    private readonly ClusterSpreads spreads;

    /// <summary>Creates the drawer.</summary>
    /// <param name="scenario">The parameter column.</param>
    /// <param name="spreads">Draws shadowing and extents.</param>
    public LocalClusters(Cost2100Scenario scenario, ClusterSpreads spreads)
    {
        this.scenario = scenario;
        this.spreads = spreads;
    }

    /// <summary>Draws one cluster around each centre: semi-axes a = b = c₀τ_c/2 and a/20.</summary>
    /// <param name="centres">Centres at height 0 [m], float64 <c>[B, N, 2]</c>.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>The scatterers <c>[B, N, 1, N_p]</c>.</returns>
    public Scatterers Draw(Tensor centres, RandomSource random)
    {
        using var scope = NewDisposeScope();
        var (batch, count) = (centres.shape[0], centres.shape[1]);
        var (shadowing, delaySpread, _, _, _, _) = spreads.Draw(random, batch, count, 1, 1);
        var deviation = delaySpread * (ClusterSpreads.SpeedOfLight / 6);
        var normal = random.Normal(3, batch, count, 1, scenario.Components);
        var centre = Points.AtGround(centres.unsqueeze(2).unsqueeze(2));
        var points = new Points(normal[0] * deviation, normal[1] * deviation, normal[2] * (deviation / Flatness)) + centre;
        var kept = points.Map(coordinate => coordinate.MoveToOuterDisposeScope());
        var amplitudes = Scatterers.DrawAmplitudes(random, batch, count, 1, scenario.Components) * shadowing.sqrt();
        return new Scatterers(
            amplitudes.MoveToOuterDisposeScope(), kept, kept, zeros_like(deviation).MoveToOuterDisposeScope());
    }
}
