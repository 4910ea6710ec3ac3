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
    private const int DropsAtOnce = 512;

    // Fewer where users move, since all regions on their ways are in memory.
    private const int MovingDropsAtOnce = 64;
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

    /// <summary>Checks that the users' ways over the slots of a grid stay where the model holds.</summary>
    /// <param name="grid">Slots and their duration.</param>
    /// <exception cref="ArgumentException">They leave the cell, or trajectories end too early.</exception>
    public void RequireRoom(ResourceGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        parts.JourneyOver(grid);
    }

    /// <inheritdoc/>
    public ChannelDrop Draw(int batch, ResourceGrid grid, Generator random)
    {
        using var scope = NewDisposeScope();
        var blocks = Blocks(batch, grid, random, paths => parts.Response.Frequency(paths, grid), tensors => cat(tensors.ToList(), 1));
        return ChannelDrop.Normalise(OnSlots(blocks, grid), options.Normalisation).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor DrawAngularDelay(int batch, ResourceGrid grid, int delays, Generator random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delays, 1);
        using var scope = NewDisposeScope();
        var blocks = Blocks(
            batch,
            grid,
            random,
            paths =>
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThan(delays, grid.Subcarriers);
                return parts.Response.AngularDelay(paths, grid, delays);
            },
            tensors => cat(tensors.ToList(), 1));
        return OnSlots(blocks, grid).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <remarks>With spherical waves these are the paths of the element next to the centre of the array; their order may change from slot to slot.</remarks>
    public Paths DrawPaths(int batch, ResourceGrid grid, Generator random)
    {
        using var scope = NewDisposeScope();
        return Paths.Join(Blocks(batch, grid, random, parts.OfMiddleElement, slots => Paths.Join(slots, 1))).MoveToOuterDisposeScope();
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

    /// <summary>The blocks behind one another; where nobody moves, what was rendered once stands in every slot.</summary>
    private static Tensor OnSlots(List<Tensor> blocks, ResourceGrid grid) =>
        (blocks.Count == 1 ? blocks[0] : cat(blocks, 0)).expand(-1, grid.Slots, -1, -1, -1, -1).contiguous();

    /// <summary>Draws block after block of drops and works their slots out stretch by stretch, so that neither many drops nor many slots take much memory.</summary>
    private List<TResult> Blocks<TResult>(
        int batch, ResourceGrid grid, Generator random, Func<Paths, TResult> use, Func<IReadOnlyList<TResult>, TResult> join)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(random);
        var source = new RandomSource(random, options.Device ?? random.device);
        var journey = parts.JourneyOver(grid);
        var dropsAtOnce = Math.Clamp((int)(PathsAtOnce / parts.PathsOfDrop), 1, journey is null ? DropsAtOnce : MovingDropsAtOnce);
        var results = new List<TResult>();
        for (var first = 0; first < batch; first += dropsAtOnce)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(dropsAtOnce, batch - first);
            var block = new DropBlock(parts, options.Timing, count, journey, source);
            var slots = journey?.Slots ?? 1;
            var slotsAtOnce = Math.Clamp((int)(PathsAtOnce / (count * parts.PathsOfDrop)), 1, slots);
            var stretches = new List<TResult>();
            for (var slot = 0; slot < slots; slot += slotsAtOnce)
                stretches.Add(Stretch(block, slot, Math.Min(slotsAtOnce, slots - slot), use));
            results.Add(Moved(stretches.Count == 1 ? stretches[0] : join(stretches)));
        }
        return results;
    }

    private static TResult Stretch<TResult>(DropBlock block, int slot, int count, Func<Paths, TResult> use)
    {
        using var scope = NewDisposeScope();
        return Moved(use(block.At(slot, count)));
    }

    private static TResult Moved<TResult>(TResult result)
    {
        if (result is Tensor tensor)
            tensor.MoveToOuterDisposeScope();
        else if (result is Paths paths)
            paths.MoveToOuterDisposeScope();
        return result;
    }
}
