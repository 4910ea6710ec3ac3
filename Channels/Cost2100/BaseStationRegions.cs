namespace Channels.Cost2100;

/// <summary>Visibility regions on the base station's side: stretches of a very large array along which a cluster is seen [Gao2015].</summary>
public sealed record BaseStationRegions
{
    /// <summary>L_e, mean length of a region before those are weighted that reach the array [m].</summary>
    public required double MeanLength { get; init; }

    /// <summary>Standard deviation of the slope of a cluster's power along the array [dB/m].</summary>
    public required double SlopeDecibels { get; init; }

    /// <summary>Clusters per metre of L + L_e, which then is N_C instead of <see cref="Cost2100Scenario.VisibleClusters"/>; 0 for that number itself.</summary>
    public double ClustersPerMetre { get; init; }
}
