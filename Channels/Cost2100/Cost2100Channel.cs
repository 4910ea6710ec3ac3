using Channels.Multipath;
using Simulator;
using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>The COST 2100 geometry-based stochastic channel as its MATLAB code v3.1 realises it [COST2100].</summary>
/// <remarks>
/// Every drop is a new environment: visibility regions switch far clusters on for the users in them, local clusters surround base station or
/// users, and a line of sight adds to them. Base station at the origin, everything at height 0, users uniform in a square about it, omnidirectional elements.
/// </remarks>
public sealed class Cost2100Channel : IPathModel
{
    // Paths in memory at a time; drops are drawn block after block, so that a long batch takes no more memory than a short one.
    private const int PathsAtOnce = 1 << 16;
    private readonly Cost2100Scenario scenario;
    private readonly Cost2100Options options;
    private readonly VisibilityRegions regions;
    private readonly FarClusters farClusters;
    private readonly LocalClusters localClusters;
    private readonly ArrayLink link;
    private readonly int dropsAtOnce;

    /// <summary>Creates the model.</summary>
    /// <param name="scenario">The parameter column.</param>
    /// <param name="options">Users, antennas, timing and normalisation.</param>
    public Cost2100Channel(Cost2100Scenario scenario, Cost2100Options options)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Users, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ReceiveAntennas, 1);
        if (options.Array.Polarisations != 1)
            throw new ArgumentException($"The array has {options.Array.Polarisations} polarisations; the omnidirectional COST 2100 response has 1.", nameof(options));
        var side = options.AreaSide ?? scenario.AreaSide;
        var largest = Math.Sqrt(2) * (scenario.CellRadius - scenario.VisibilityRadius);
        if (!(side > 0 && side <= largest))
            throw new ArgumentOutOfRangeException(nameof(options), side, $"The side of the users' area must be above 0 and at most {largest:F1} m, so that their visibility regions lie in the cell of radius {scenario.CellRadius} m.");
        this.scenario = scenario;
        this.options = options;
        var spreads = new ClusterSpreads(scenario);
        regions = new VisibilityRegions(scenario, options.Users, side);
        farClusters = new FarClusters(scenario, spreads);
        localClusters = new LocalClusters(scenario, spreads);
        link = new ArrayLink(options.Array, options.ReceiveAntennas, scenario.CarrierFrequency);
        var clusters = 2 + 2 * scenario.VisibleClusters * Math.Pow(scenario.VisibilityRadius / (scenario.VisibilityRadius - scenario.TransitionWidth), 2);
        dropsAtOnce = Math.Clamp((int)(PathsAtOnce / (clusters * scenario.Components * options.Users)), 1, 512);
    }

    /// <inheritdoc/>
    public ChannelDrop Draw(int batch, ResourceGrid grid, Generator random)
    {
        using var scope = NewDisposeScope();
        var blocks = Blocks(batch, grid, random, paths =>
        {
            var channel = FrequencyResponse.Render(paths, link, grid);                              // [B, 1, U, S, R, A]
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
            var crop = AngularDelayResponse.Render(paths, link, grid, delays);                      // [B, 1, U, D, R, A]
            return crop.expand(-1, grid.Slots, -1, -1, -1, -1).contiguous();
        });
        return Joined(blocks).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Paths DrawPaths(int batch, ResourceGrid grid, Generator random)
    {
        using var scope = NewDisposeScope();
        return Paths.Join(Blocks(batch, grid, random, paths => paths)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Render(Paths paths, ResourceGrid grid, int delays)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentOutOfRangeException.ThrowIfLessThan(delays, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delays, grid.Subcarriers);
        return AngularDelayResponse.Render(paths, link, grid, delays);
    }

    private static Tensor Joined(List<Tensor> blocks) => blocks.Count == 1 ? blocks[0] : cat(blocks, 0);

    private List<TResult> Blocks<TResult>(int batch, ResourceGrid grid, Generator random, Func<Paths, TResult> use)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(random);
        var source = new RandomSource(random, options.Device ?? random.device);
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
        var surroundings = regions.Draw(batch, random);
        var users = surroundings.Users;                                                             // [B, U, 2]
        var assembly = new PathAssembly(users, PathGain(users));
        if (scenario.LocalClusterAtBaseStation)
            assembly.Add(localClusters.Draw(zeros_like(users.narrow(1, 0, 1)), random));
        if (scenario.LocalClusterAtUser)
            assembly.Add(localClusters.Draw(users, random));
        assembly.Add(farClusters.Draw(surroundings, random));
        if (scenario.LineOfSight is { } lineOfSight)
            assembly.AddLineOfSight(lineOfSight, random);
        return assembly.Build(options.Timing);
    }

    /// <summary>L = 10^(-PL/20) with free-space loss PL = 20 log10 d + 20 log10 f - 147.56 dB.</summary>
    private Tensor PathGain(Tensor users)
    {
        using var scope = NewDisposeScope();
        var atOneMetre = Math.Pow(10, 147.56 / 20) / scenario.CarrierFrequency;
        return (atOneMetre / users.square().sum(-1).sqrt()).MoveToOuterDisposeScope();             // [B, U]
    }
}
