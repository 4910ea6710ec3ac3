using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Where users may be: uniform in a square about the origin, or at fixed places.</summary>
internal sealed class UserPlacement
{
    private readonly double[]? fixedPositions;
    private readonly double areaSide;

    private UserPlacement(double areaSide, double[]? fixedPositions, int users)
    {
        this.areaSide = areaSide;
        this.fixedPositions = fixedPositions;
        Users = users;
    }

    /// <summary>U, users of a drop.</summary>
    public int Users { get; }

    /// <summary>Whether users are always at the same places.</summary>
    public bool IsFixed => fixedPositions is not null;

    /// <summary>The places farthest out: all of them if fixed, otherwise the corners of the area [m].</summary>
    public IEnumerable<double[]> Outermost => fixedPositions?.Chunk(2)
        ?? new[] { (1, 1), (1, -1), (-1, 1), (-1, -1) }.Select(corner => new[] { corner.Item1 * areaSide / 2, corner.Item2 * areaSide / 2 });

    /// <summary>Checks what options say of the users.</summary>
    /// <param name="scenario">The parameter column.</param>
    /// <param name="options">The options.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="starts">Where trajectories begin [m]; null if there are none.</param>
    /// <returns>The placement.</returns>
    public static UserPlacement Of(Cost2100Scenario scenario, Cost2100Options options, RegionCell cell, IReadOnlyList<double[]>? starts)
    {
        if (options.Users < 1)
            throw Refusal.Of(nameof(options.Users), $"{options.Users} is out of range; permitted: 1 or more.");
        var positions = starts ?? BaseStationLayout.ParsePositions(options.UserPositions, nameof(options.UserPositions));
        if (positions.Count > 0)
        {
            if (positions.Count != options.Users)
                throw Refusal.Of(nameof(options.UserPositions), $"there are {positions.Count} positions for {options.Users} users; permitted: one each.");
            foreach (var position in positions)
            {
                if (cell.Distance(position) > cell.UserRadius)
                    throw Refusal.Of(nameof(options.UserPositions), FormattableString.Invariant($"the user at {position[0]} {position[1]} is {cell.Distance(position):F1} m from the centre of the cell of radius {scenario.CellRadius} m; permitted: {cell.UserRadius:F1} m, {cell.Reason}."));
            }
            return new UserPlacement(0, [.. positions.SelectMany(position => position)], options.Users);
        }
        var side = options.AreaSide ?? scenario.AreaSide;
        var largest = Math.Sqrt(2) * (cell.UserRadius - cell.Distance([0, 0]));
        if (!(side > 0 && side <= largest))
            throw Refusal.Of(nameof(options.AreaSide), FormattableString.Invariant($"The side of the users' area is {side} m; permitted: above 0 and at most {largest:F1} m, {cell.Reason} of radius {scenario.CellRadius} m."));
        return new UserPlacement(side, null, options.Users);
    }

    /// <summary>Draws places.</summary>
    /// <param name="random">The source of randomness.</param>
    /// <param name="batch">B, number of drops.</param>
    /// <param name="count">Q, places a drop.</param>
    /// <returns>Positions [m], float64 <c>[B, Q, 2]</c>.</returns>
    public Tensor Draw(RandomSource random, int batch, int count)
    {
        using var scope = NewDisposeScope();
        if (fixedPositions is not null)
            return tensor(fixedPositions, [1, Users, 2], device: random.Device).expand(batch, -1, -1).contiguous().MoveToOuterDisposeScope();
        return ((random.Uniform(batch, count, 2) - 0.5) * areaSide).MoveToOuterDisposeScope();
    }
}
