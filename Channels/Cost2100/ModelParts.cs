using Channels.Multipath;
using Simulator;
using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>What a COST 2100 model is made of: the scenario as options and corrections leave it, and who draws what.</summary>
internal sealed class ModelParts
{
    private const double MetresPerSecond = 299_792_458;
    private readonly ElementPositions? elements;
    private readonly int elementCount;
    private readonly Movement movement;
    private readonly UserPlacement placement;

    /// <summary>Checks the options and puts the parts together.</summary>
    /// <param name="scenario">The parameter column.</param>
    /// <param name="options">The options.</param>
    public ModelParts(Cost2100Scenario scenario, Cost2100Options options)
    {
        var corrections = options.Corrections.In(options.Mode);
        Layout = BaseStationLayout.Of(options);
        var array = options.Array;
        if (options.ReceiveAntennas < 1)
            throw Refusal.Of(nameof(options.ReceiveAntennas), $"{options.ReceiveAntennas} is out of range; permitted: 1 or more.");
        if (options.ReceivePolarisations is not (1 or 2) || options.ReceiveAntennas % options.ReceivePolarisations != 0)
            throw Refusal.Of(nameof(options.ReceivePolarisations), $"{options.ReceivePolarisations} is out of range; permitted: 1, or 2 with an even number of receive antennas (there are {options.ReceiveAntennas}).");
        if (options.CarrierFrequency is { } carrier && !(carrier >= scenario.CarrierRange[0] && carrier <= scenario.CarrierRange[1]))
            throw Refusal.Of(nameof(options.CarrierFrequency), FormattableString.Invariant($"{carrier / 1e9} GHz is outside the range of this scenario; permitted: {scenario.CarrierRange[0] / 1e9} to {scenario.CarrierRange[1] / 1e9} GHz."));
        scenario = scenario with
        {
            CarrierFrequency = options.CarrierFrequency ?? scenario.CarrierFrequency,
            CutOffDelay = corrections.CutOffDelay is true ? scenario.CorrectedCutOffDelay ?? scenario.CutOffDelay : scenario.CutOffDelay,
            DepartureElevationDegrees = corrections.ElevationSpread is true ? scenario.CorrectedDepartureElevationDegrees ?? scenario.DepartureElevationDegrees : scenario.DepartureElevationDegrees,
            SpeedOfLight = corrections.SpeedOfLight is true ? MetresPerSecond : scenario.SpeedOfLight,
        };
        var spherical = scenario.SphericalWaves || corrections.SphericalWaves is true;
        var spacing = scenario.SpeedOfLight / scenario.CarrierFrequency / 2;
        elementCount = spherical ? array.First * array.Second : 1;
        elements = spherical ? new ElementPositions(array, spacing, Layout.Position) : null;
        ArrayRegions? arrayRegions = null;
        if (scenario.BaseStationRegions is { } regions)
        {
            if (Layout.Count > 1)
                throw Refusal.Of(nameof(options.BaseStations), "a very large array is the only base station; permitted: 1.");
            arrayRegions = new ArrayRegions(regions, elements!.Across, spacing);
            if (regions.ClustersPerMetre > 0)
                scenario = scenario with { VisibleClusters = regions.ClustersPerMetre * (array.First * spacing + regions.MeanLength) };
        }
        Scenario = scenario;

        var depolarisation = array.Polarisations > 1 || options.ReceivePolarisations > 1 ? new Depolarisation(scenario) : null;
        var spreads = new ClusterSpreads(scenario);
        var axes = SemiAxes.Of(scenario, corrections.SpreadDefinition is true);
        var cell = new RegionCell(scenario, Layout, corrections.RegionsAroundBaseStation is true);
        movement = new Movement(options, cell, Layout, 2 * spacing);
        placement = UserPlacement.Of(scenario, options, cell, movement.Starts);
        var keepsAll = corrections.UsersWithoutClusters is true && scenario.LocalClusterAtUser;
        Regions = new VisibilityRegions(scenario, placement, cell, Layout, arrayRegions, keepsAll);
        FarClusters = new FarClusters(scenario, spreads, depolarisation, axes, corrections);
        LocalClusters = new LocalClusters(scenario, spreads, depolarisation, axes);
        LineOfSight = scenario.LineOfSight is null ? null : new LineOfSight(scenario, corrections);
        Response = new LinkResponse(
            array, options.ReceiveAntennas, options.ReceivePolarisations, scenario.CarrierFrequency, spherical, corrections.SteeringElevation is true);

        var visible = scenario.VisibleClusters * Math.Pow(scenario.VisibilityRadius / (scenario.VisibilityRadius - scenario.TransitionWidth), 2);
        visible = arrayRegions?.Seen(visible) ?? visible;
        PathsOfDrop = (2 + 2 * visible) * scenario.Components * options.Users * elementCount;
    }

    /// <summary>The parameter column in force.</summary>
    public Cost2100Scenario Scenario { get; }

    /// <summary>Whether every element has paths of its own.</summary>
    public bool HasSphericalWaves => elements is not null;

    /// <summary>The base stations.</summary>
    public BaseStationLayout Layout { get; }

    /// <summary>Draws environments and users.</summary>
    public VisibilityRegions Regions { get; }

    /// <summary>Draws far clusters.</summary>
    public FarClusters FarClusters { get; }

    /// <summary>Draws local clusters.</summary>
    public LocalClusters LocalClusters { get; }

    /// <summary>Draws the line of sight; null if there is none.</summary>
    public LineOfSight? LineOfSight { get; }

    /// <summary>Renders paths.</summary>
    public LinkResponse Response { get; }

    /// <summary>About how many paths a drop has in memory.</summary>
    public double PathsOfDrop { get; }

    /// <summary>How users move over the slots of a grid.</summary>
    /// <param name="grid">Slots and their duration.</param>
    /// <returns>The journey; null if they stand.</returns>
    public Journey? JourneyOver(ResourceGrid grid) => movement.Over(grid, placement);

    /// <summary>The links of a block: users seen from the base station, or from each element of its array.</summary>
    /// <param name="surroundings">What surrounds the users.</param>
    /// <returns>What surrounds the links.</returns>
    public Surroundings LinksOf(Surroundings surroundings)
    {
        if (elements is not null)
            return surroundings.PerElement(elements.On(surroundings.Users.device));
        if (Layout.Position is not { } position)
            return surroundings;
        var x = tensor(new[] { position[0] }, device: surroundings.Users.device);
        return surroundings with { Stations = new Points(x, tensor(new[] { position[1] }, device: x.device), zeros_like(x)) };
    }

    /// <summary>Repeats what every user has for its links.</summary>
    /// <param name="scatterers">Of users <c>[B, U, K, ...]</c>.</param>
    /// <returns>Of links <c>[B, L, K, ...]</c>.</returns>
    public Scatterers PerLink(Scatterers scatterers) => elements is null ? scatterers : scatterers.Map(values =>
    {
        var apart = values.unsqueeze(2);
        long[] sizes = [-1, -1, elementCount, .. Enumerable.Repeat(-1L, (int)apart.dim() - 3)];
        return apart.expand(sizes).flatten(1, 2);
    });

    /// <summary>The paths of one element where each has its own.</summary>
    /// <param name="paths">Paths of links <c>[B, T, L, P]</c>.</param>
    /// <returns>Paths of users <c>[B, T, U, P]</c>.</returns>
    public Paths OfMiddleElement(Paths paths)
    {
        if (elements is null)
            return paths;
        var users = paths.Delays.shape[2] / elementCount;
        var middle = arange(users, device: paths.Delays.device) * elementCount + elementCount / 2;
        return paths.Map(values => values.index_select(2, middle));
    }
}
