using Simulator;

namespace Channels.Cost2100;

/// <summary>How users move: not at all, straight on at a given speed, or along recorded trajectories.</summary>
internal sealed class Movement
{
    private readonly Cost2100Options options;
    private readonly RegionCell cell;
    private readonly Trajectory? trajectory;

    /// <summary>Checks what options say.</summary>
    /// <param name="options">The options.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="layout">The base stations.</param>
    /// <param name="nearest">How near to a base station users may come [m].</param>
    public Movement(Cost2100Options options, RegionCell cell, BaseStationLayout layout, double nearest)
    {
        (this.options, this.cell) = (options, cell);
        if (!(options.Speed >= 0 && double.IsFinite(options.Speed)))
            throw Refusal.Of(nameof(options.Speed), FormattableString.Invariant($"{options.Speed} m/s is out of range; permitted: 0 or more."));
        if (options.Direction is { } direction && !double.IsFinite(direction))
            throw Refusal.Of(nameof(options.Direction), FormattableString.Invariant($"{direction} is not an angle."));
        if (options.Trajectory.Length == 0)
        {
            if (options.Direction is not null && options.Speed == 0)
                throw Refusal.Of(nameof(options.Direction), "a direction without a speed has no effect; permitted: both, or neither.");
            return;
        }
        foreach (var (name, given) in new[]
        {
            (nameof(options.Speed), options.Speed > 0),
            (nameof(options.Direction), options.Direction is not null),
            (nameof(options.UserPositions), options.UserPositions.Length > 0),
            (nameof(options.AreaSide), options.AreaSide is not null),
        })
        {
            if (given)
                throw Refusal.Of(name, $"the trajectory says already where users are and how they move; permitted: {nameof(options.Trajectory).ToLowerInvariant()}, or speed with places.");
        }
        trajectory = Trajectory.Read(options.Trajectory, Math.Max(1, options.Users));
        foreach (var way in trajectory.Corners)
            CheckCorners(way, layout, nearest);
    }

    /// <summary>Where users start [m] if trajectories say so.</summary>
    public IReadOnlyList<double[]>? Starts => trajectory?.Corners.Select(way => way[0]).ToList();

    /// <summary>The movement over the slots of a grid.</summary>
    /// <param name="grid">Slots and their duration.</param>
    /// <param name="placement">Where users start.</param>
    /// <returns>The journey; null if everything stays as it is in the first slot.</returns>
    public Journey? Over(ResourceGrid grid, UserPlacement placement)
    {
        if (grid.Slots == 1)
            return null;
        if (trajectory is not null)
            return Along(grid, trajectory);
        var length = options.Speed * grid.Slots * grid.SlotDuration;
        if (length == 0)
            return null;
        double[] travelled = [.. Enumerable.Range(0, grid.Slots).Select(slot => options.Speed * grid.SlotDuration * slot)];
        double[]? offsets = options.Direction is { } angle ? [0, 0, length * Math.Cos(angle), length * Math.Sin(angle)] : null;
        var farthest = placement.Outermost.Max(place => offsets is null ? cell.Distance(place) + length : cell.Distance([place[0] + offsets[2], place[1] + offsets[3]]));
        return farthest <= cell.UserRadius
            ? new Journey(grid.Slots, 1, offsets, [0, length], travelled)
            : throw Refusal.Of(nameof(options.Speed), FormattableString.Invariant($"users who travel {length:G4} m in {grid.Slots} slots come {farthest:F1} m from the centre of the cell of radius {cell.Radius} m; permitted: {cell.UserRadius:F1} m, {cell.Reason} (slower, fewer slots, or a smaller area to start in)."));
    }

    private Journey? Along(ResourceGrid grid, Trajectory way)
    {
        var (end, times) = (grid.Slots * grid.SlotDuration, way.Times);
        if (times[^1] < (grid.Slots - 1) * grid.SlotDuration)
            throw Trajectory.Wrong(options.Trajectory, FormattableString.Invariant($"it ends after {times[^1]} s; permitted: at least the {(grid.Slots - 1) * grid.SlotDuration:G6} s from the first of the {grid.Slots} slots to the last"));
        var kept = Math.Max(2, times.TakeWhile(time => time < end).Count() + 1);
        kept = Math.Min(kept, times.Count);
        var (offsets, lengths, travelled) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var corners in way.Corners)
        {
            var sums = new double[kept];
            for (var corner = 0; corner < kept; corner++)
            {
                var (x, y) = (corners[corner][0] - corners[0][0], corners[corner][1] - corners[0][1]);
                offsets.AddRange([x, y]);
                if (corner > 0)
                    sums[corner] = sums[corner - 1] + Math.Sqrt(Math.Pow(corners[corner][0] - corners[corner - 1][0], 2) + Math.Pow(corners[corner][1] - corners[corner - 1][1], 2));
            }
            lengths.AddRange(sums);
            var distance = MathNet.Numerics.Interpolate.Linear(times.Take(kept), sums);
            travelled.AddRange(Enumerable.Range(0, grid.Slots).Select(slot => distance.Interpolate(slot * grid.SlotDuration)));
        }
        return lengths.Max() > 0 ? new Journey(grid.Slots, way.Corners.Count, [.. offsets], [.. lengths], [.. travelled]) : null;
    }

    private void CheckCorners(IReadOnlyList<double[]> way, BaseStationLayout layout, double nearest)
    {
        IReadOnlyList<double[]> stations = layout.Positions.Count > 0 ? layout.Positions : [[0, 0]];
        for (var corner = 0; corner < way.Count; corner++)
        {
            var at = FormattableString.Invariant($"line {trajectory!.Lines[corner]}: the user at {way[corner][0]} {way[corner][1]} is");
            if (cell.Distance(way[corner]) > cell.UserRadius)
                throw Trajectory.Wrong(options.Trajectory, FormattableString.Invariant($"{at} {cell.Distance(way[corner]):F1} m from the centre of the cell of radius {cell.Radius} m; permitted: {cell.UserRadius:F1} m, {cell.Reason}"));
            var begin = way[Math.Max(0, corner - 1)];
            var closest = stations.Min(station => Distance(station, begin, way[corner]));
            if (closest < nearest)
                throw Trajectory.Wrong(options.Trajectory, FormattableString.Invariant($"{at} or comes {closest:G3} m from a base station; permitted: a wavelength ({nearest:G3} m) or more"));
        }
    }

    private static double Distance(double[] point, double[] begin, double[] end)
    {
        var (x, y) = (end[0] - begin[0], end[1] - begin[1]);
        var squared = x * x + y * y;
        var share = squared > 0 ? Math.Clamp(((point[0] - begin[0]) * x + (point[1] - begin[1]) * y) / squared, 0, 1) : 0;
        return Math.Sqrt(Math.Pow(begin[0] + share * x - point[0], 2) + Math.Pow(begin[1] + share * y - point[1], 2));
    }
}
