using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Draws the clusters around base station and users: always visible, single-bounce, as flat discs [COST2100].</summary>
internal sealed class LocalClusters
{
    private const double Flatness = 20;
    private readonly Cost2100Scenario scenario;
    private readonly ClusterSpreads spreads;
    private readonly ComponentGain? gain;
    private readonly Depolarisation? depolarisation;
    private readonly SemiAxes axes;

    /// <summary>Creates the drawer.</summary>
    /// <param name="scenario">The parameter column.</param>
    /// <param name="spreads">Draws shadowing and extents.</param>
    /// <param name="depolarisation">Draws polarisation matrices; null where nobody asks for them.</param>
    /// <param name="axes">How semi-axes relate to standard deviations.</param>
    public LocalClusters(Cost2100Scenario scenario, ClusterSpreads spreads, Depolarisation? depolarisation, SemiAxes axes)
    {
        this.scenario = scenario;
        this.spreads = spreads;
        this.depolarisation = depolarisation;
        this.axes = axes;
        gain = ComponentGain.Of(scenario, clipped: false);
    }

    /// <summary>Draws one cluster around each base station, which reaches all users alike.</summary>
    /// <param name="centres">Centres at height 0 [m], float64 <c>[B, N, 2]</c>.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>The scatterers <c>[B, N, 1, N_p]</c>.</returns>
    public Scatterers Draw(Tensor centres, RandomSource random)
    {
        using var scope = NewDisposeScope();
        return DrawWide(centres, random).Scatterers.MoveToOuterDisposeScope();
    }

    /// <summary>Draws one cluster around each user, whose components are the weaker the farther they lie from the user if components have a gain.</summary>
    /// <param name="users">Positions of the users [m], float64 <c>[B, U, 2]</c>.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>The scatterers <c>[B, U, 1, N_p]</c>.</returns>
    public Scatterers DrawAroundUsers(Tensor users, RandomSource random)
    {
        using var scope = NewDisposeScope();
        var (drawn, _) = DrawWide(users, random);
        if (gain is null)
            return drawn.MoveToOuterDisposeScope();
        var offset = drawn.Arrival - Points.AtGround(users.unsqueeze(2).unsqueeze(2));
        var weight = ComponentGain.Evaluate(offset.X.square() + offset.Y.square(), gain.DrawRadii(random, drawn.Amplitudes.shape), fade: 0);
        return (drawn with { Amplitudes = drawn.Amplitudes * weight }).MoveToOuterDisposeScope();
    }

    /// <summary>Draws one cluster around each user on his way.</summary>
    /// <param name="users">Positions of the users at the start [m], float64 <c>[B, U, 2]</c>.</param>
    /// <param name="passage">Their ways.</param>
    /// <param name="length">The longest of them [m].</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>The scatterers on all of the way, owned by the caller's dispose scope.</returns>
    public ScattererLives DrawAlong(Tensor users, Passage passage, double length, RandomSource random)
    {
        using var scope = NewDisposeScope();
        var (drawn, deviation) = DrawWide(users, random);
        var radii = gain?.DrawRadii(random, drawn.Amplitudes.shape);
        var renewal = new ScattererRenewal(depolarisation, passage, Flatness);
        return renewal.Draw(users, drawn, deviation, radii, length, random).MoveToOuterDisposeScope();
    }

    private (Scatterers Scatterers, Tensor Deviation) DrawWide(Tensor centres, RandomSource random)
    {
        var (batch, count) = (centres.shape[0], centres.shape[1]);
        long[] shape = [batch, count, 1, scenario.Components];
        var (shadowing, delaySpread, _, _, _, _) = spreads.Draw(random, batch, count, 1, 1);
        var deviation = delaySpread * axes.RadialPerSecond;
        var normal = random.Normal([3, .. shape]);
        var centre = Points.AtGround(centres.unsqueeze(2).unsqueeze(2));
        var points = new Points(normal[0] * deviation, normal[1] * deviation, normal[2] * (deviation / Flatness)) + centre;
        var drawn = gain is null ? Scatterers.DrawAmplitudes(random, shape) : Scatterers.DrawPhasors(random, shape);
        return (new Scatterers(drawn * shadowing.sqrt(), points, points, zeros_like(deviation), depolarisation?.Draw(random, shape)), deviation);
    }
}
