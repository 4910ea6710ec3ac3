using Channels.Multipath;
using Simulator;
using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>The COST 2100 geometry-based stochastic channel, as its MATLAB code v3.1 realises it or corrected [COST2100].</summary>
/// <remarks>
/// Every drop is a new environment: visibility regions switch far clusters on for the users in them, local clusters surround base stations or
/// users, and a line of sight adds to them. Everything is at height 0, users are uniform in a square about the origin, elements omnidirectional.
/// </remarks>
public sealed class Cost2100Channel : IPathModel
{
    // Paths in memory at a time; drops are drawn block after block, so that a long batch takes no more memory than a short one.
    private const int PathsAtOnce = 1 << 16;
    private readonly Cost2100Options options;
    private readonly ModelParts parts;

    /// <summary>Creates the model.</summary>
    /// <param name="scenario">The parameter column.</param>
    /// <param name="options">Users, antennas, timing, normalisation and corrections.</param>
    public Cost2100Channel(Cost2100Scenario scenario, Cost2100Options options)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        parts = new ModelParts(scenario, options);
    }

    /// <summary>f_c, centre of the band [Hz].</summary>
    public double CarrierFrequency => parts.Scenario.CarrierFrequency;

    /// <summary>Whether every element has paths of its own; then those of one cannot be rendered.</summary>
    public bool HasSphericalWaves => parts.HasSphericalWaves;

    /// <summary>The path gain of a distance, without fading.</summary>
    /// <param name="distances">Metres, float64 <c>[...]</c>.</param>
    /// <returns>Decibels, float64 <c>[...]</c>, owned by the caller's dispose scope.</returns>
    public Tensor PathGainDecibels(Tensor distances) => PathGain.Decibels(parts.Scenario, distances);

    /// <inheritdoc/>
    public ChannelDrop Draw(int batch, ResourceGrid grid, Generator random)
    {
        using var scope = NewDisposeScope();
        var blocks = Blocks(batch, grid, random, paths =>
        {
            var channel = parts.Response.Frequency(paths, grid);                                    // [B, 1, U, S, R, A]
            return channel.expand(-1, grid.Slots, -1, -1, -1, -1).contiguous();
        });
        return ChannelDrop.Normalise(Joined(blocks), options.Normalisation).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor DrawAngularDelay(int batch, ResourceGrid grid, int delays, Generator random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delays, 1);
        using var scope = NewDisposeScope();
        var blocks = Blocks(batch, grid, random, paths =>
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(delays, grid.Subcarriers);
            var crop = parts.Response.AngularDelay(paths, grid, delays);                            // [B, 1, U, D, R, A]
            return crop.expand(-1, grid.Slots, -1, -1, -1, -1).contiguous();
        });
        return Joined(blocks).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <remarks>With spherical waves these are the paths of the element next to the centre of the array.</remarks>
    public Paths DrawPaths(int batch, ResourceGrid grid, Generator random)
    {
        using var scope = NewDisposeScope();
        return Paths.Join(Blocks(batch, grid, random, parts.OfMiddleElement)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <remarks>With spherical waves an element's paths do not say what others see, so there is nothing to render.</remarks>
    public Tensor Render(Paths paths, ResourceGrid grid, int delays)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentOutOfRangeException.ThrowIfLessThan(delays, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delays, grid.Subcarriers);
        return parts.HasSphericalWaves
            ? throw new NotSupportedException("The paths of one element do not give the response of an array that sees spherical waves.")
            : parts.Response.AngularDelay(paths, grid, delays);
    }

    private static Tensor Joined(List<Tensor> blocks) => blocks.Count == 1 ? blocks[0] : cat(blocks, 0);

    private List<TResult> Blocks<TResult>(int batch, ResourceGrid grid, Generator random, Func<Paths, TResult> use)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(random);
        var source = new RandomSource(random, options.Device ?? random.device);
        var dropsAtOnce = Math.Clamp((int)(PathsAtOnce / parts.PathsOfDrop), 1, 512);
        var results = new List<TResult>();
        for (var first = 0; first < batch; first += dropsAtOnce)
        {
            using var scope = NewDisposeScope();
            var result = use(DrawBlock(Math.Min(dropsAtOnce, batch - first), source));
            if (result is Tensor tensor)
                tensor.MoveToOuterDisposeScope();
            else if (result is Paths paths)
                paths.MoveToOuterDisposeScope();
            results.Add(result);
        }
        return results;
    }

    private Paths DrawBlock(int batch, RandomSource random)
    {
        var (scenario, layout) = (parts.Scenario, parts.Layout);
        var surroundings = parts.Regions.Draw(batch, random);
        var users = surroundings.Users;                                                             // [B, U, 2]
        var links = parts.LinksOf(surroundings);
        var assembly = new PathAssembly(scenario, links);
        if (scenario.LocalClusterAtBaseStation)
        {
            // Around all base stations, so that numbers do not depend on whose links are drawn.
            var around = parts.LocalClusters.Draw(layout.Centres(users), random);
            assembly.Add(around.Map(values => values.narrow(1, layout.Chosen, 1)));
        }
        if (scenario.LocalClusterAtUser)
            assembly.Add(parts.PerLink(parts.LocalClusters.DrawAroundUsers(users, random)));
        assembly.Add(parts.FarClusters.Draw(links, random));
        if (parts.LineOfSight is { } lineOfSight)
            assembly.AddLineOfSight(lineOfSight, options.Users, layout, random);
        return assembly.Build(options.Timing);
    }
}
