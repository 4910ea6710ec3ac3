namespace Channels.Cost2100;

/// <summary>The disc over which visibility regions are laid out.</summary>
/// <remarks>
/// In a cell much larger than a region only the regions near users are drawn, who then have to keep R_C from the rim; in a small one all of them are.
/// </remarks>
internal sealed class RegionCell
{
    private const double Small = 2.5;

    /// <summary>Lays the cell out.</summary>
    /// <param name="scenario">The parameter column.</param>
    /// <param name="layout">The base stations.</param>
    /// <param name="aroundBaseStations">Whether it surrounds the base stations, not the origin.</param>
    public RegionCell(Cost2100Scenario scenario, BaseStationLayout layout, bool aroundBaseStations)
    {
        Radius = scenario.CellRadius;
        IsSmall = scenario.CellRadius < Small * scenario.VisibilityRadius;
        UserRadius = IsSmall ? scenario.CellRadius : scenario.CellRadius - scenario.VisibilityRadius;
        Reason = IsSmall ? "within the cell" : "so that their visibility regions lie in the cell";
        if (aroundBaseStations && layout.Positions.Count > 0)
            Centre = [layout.Positions.Average(position => position[0]), layout.Positions.Average(position => position[1])];
    }

    /// <summary>R [m].</summary>
    public double Radius { get; }

    /// <summary>Centre [m].</summary>
    public double[] Centre { get; } = [0, 0];

    /// <summary>Whether all regions are drawn.</summary>
    public bool IsSmall { get; }

    /// <summary>How far from the centre users may be [m].</summary>
    public double UserRadius { get; }

    /// <summary>Why no farther.</summary>
    public string Reason { get; }

    /// <summary>Distance of a point from the centre.</summary>
    /// <param name="position">The point [m].</param>
    /// <returns>Metres.</returns>
    public double Distance(double[] position) => Math.Sqrt(Math.Pow(position[0] - Centre[0], 2) + Math.Pow(position[1] - Centre[1], 2));
}
