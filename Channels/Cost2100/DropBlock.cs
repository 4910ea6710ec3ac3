using Channels.Multipath;
using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>A block of drops with everything that is random about it; what remains to be worked out are the paths slot by slot.</summary>
internal sealed class DropBlock
{
    private readonly ModelParts parts;
    private readonly DelayReference timing;
    private readonly Journey? journey;
    private readonly Surroundings start;
    private readonly Scatterers? aroundStation;
    private readonly Scatterers? aroundUsers;
    private readonly ScattererLives? followingUsers;
    private readonly DrawnClusters farClusters;
    private readonly DrawnLineOfSight? lineOfSight;
    private Tensor? reference;

    /// <summary>Draws the block; it lives in the caller's dispose scope.</summary>
    /// <param name="parts">What the model is made of.</param>
    /// <param name="timing">Which instant has delay 0.</param>
    /// <param name="batch">B, number of drops.</param>
    /// <param name="journey">How users move; null if they stand.</param>
    /// <param name="random">The source of randomness.</param>
    public DropBlock(ModelParts parts, DelayReference timing, int batch, Journey? journey, RandomSource random)
    {
        (this.parts, this.timing, this.journey) = (parts, timing, journey);
        var (scenario, layout) = (parts.Scenario, parts.Layout);
        start = parts.Regions.Draw(batch, journey, random);
        var users = start.Users;                                                                    // [B, U, 2]
        if (scenario.LocalClusterAtBaseStation)
        {
            // Around all base stations, so that numbers do not depend on whose links are drawn.
            var around = parts.LocalClusters.Draw(layout.Centres(users), random);
            aroundStation = around.Map(values => values.narrow(1, layout.Chosen, 1));
        }
        if (scenario.LocalClusterAtUser && start.Passage is { } passage)
            followingUsers = parts.LocalClusters.DrawAlong(users, passage, journey!.Length, random);
        else if (scenario.LocalClusterAtUser)
            aroundUsers = parts.LocalClusters.DrawAroundUsers(users, random);
        farClusters = parts.FarClusters.Draw(start, random);
        lineOfSight = parts.LineOfSight?.Draw(batch, (int)users.shape[1], layout, random);
    }

    /// <summary>The paths at some slots, of which the first to be asked for is the first of all: it sets the delays.</summary>
    /// <param name="first">The first slot.</param>
    /// <param name="count">How many; 1 if users stand.</param>
    /// <returns>The paths, in the caller's dispose scope, which the block outlives.</returns>
    public Paths At(int first, int count)
    {
        var travelled = journey?.Travelled(first, count, start.Users.shape[1], start.Users.device);
        var surroundings = travelled is null ? start : start.Passage!.At(start, travelled, parts.Scenario);
        var links = parts.LinksOf(surroundings);
        var assembly = new PathAssembly(parts.Scenario, links, count);
        if (aroundStation is not null)
            assembly.Add(aroundStation);
        if ((aroundUsers ?? followingUsers?.At(surroundings.Users, travelled!)) is { } local)
            assembly.Add(parts.PerLink(local));
        assembly.Add(farClusters.SeenBy(links, parts.Scenario));
        if (lineOfSight is not null)
            assembly.AddLineOfSight(parts.LineOfSight!, lineOfSight);
        reference ??= assembly.Reference(timing)?.MoveToOuterDisposeScope();
        return assembly.Build(reference);
    }
}
