using System.ComponentModel;

namespace Channels.Cost2100;

/// <summary>What the COST 2100 code does otherwise than its papers, each to be mended on its own; nothing said means as the mode has it.</summary>
/// <remarks>Options at their defaults are left out of descriptions, so that they change no seed.</remarks>
public sealed record Corrections
{
    /// <summary>τ_B in the unit that is meant: the hall's 0.1 is microseconds, not seconds.</summary>
    [DefaultValue(null)]
    public bool? CutOffDelay { get; init; }

    /// <summary>Spreads are root-mean-square values: semi-axes of one standard deviation, full instead of half angles.</summary>
    [DefaultValue(null)]
    public bool? SpreadDefinition { get; init; }

    /// <summary>The departure elevation extent of 1.578 is read in degrees, as the arrival one is.</summary>
    [DefaultValue(null)]
    public bool? ElevationSpread { get; init; }

    /// <summary>Clusters lie on both sides of the line from base station to visibility region.</summary>
    [DefaultValue(null)]
    public bool? AzimuthMirroring { get; init; }

    /// <summary>The line of sight fades in over L_L, as A_VR does.</summary>
    [DefaultValue(null)]
    public bool? LineOfSightTransition { get; init; }

    /// <summary>The centre of the line-of-sight region lies in a disc about the base station, not in a square to one side of it.</summary>
    [DefaultValue(null)]
    public bool? LineOfSightRegion { get; init; }

    /// <summary>The line of sight has a random phase of its own.</summary>
    [DefaultValue(null)]
    public bool? LineOfSightPhase { get; init; }

    /// <summary>Every user has a Rician factor of its own, not every environment.</summary>
    [DefaultValue(null)]
    public bool? RicianFactorPerUser { get; init; }

    /// <summary>Visibility regions surround the base stations, not the origin.</summary>
    [DefaultValue(null)]
    public bool? RegionsAroundBaseStation { get; init; }

    /// <summary>A user without any visible far cluster has a channel too, if there is a cluster around it.</summary>
    [DefaultValue(null)]
    public bool? UsersWithoutClusters { get; init; }

    /// <summary>Radii of component gains are taken as they are, not kept between L_C and R_C.</summary>
    [DefaultValue(null)]
    public bool? GainRadius { get; init; }

    /// <summary>Steering phases along the x axis have the cosine of the elevation.</summary>
    [DefaultValue(null)]
    public bool? SteeringElevation { get; init; }

    /// <summary>Waves are spherical for every array, so that scatterers near it are seen as they are.</summary>
    [DefaultValue(null)]
    public bool? SphericalWaves { get; init; }

    /// <summary>c₀ is 299,792,458 m/s, not 3·10⁸.</summary>
    [DefaultValue(null)]
    public bool? SpeedOfLight { get; init; }

    /// <summary>Says for every correction whether it is on.</summary>
    /// <param name="mode">What holds where nothing is said.</param>
    /// <returns>The corrections, none of them null.</returns>
    public Corrections In(Cost2100Mode mode)
    {
        var usual = mode == Cost2100Mode.Corrected;
        return new Corrections
        {
            CutOffDelay = CutOffDelay ?? usual,
            SpreadDefinition = SpreadDefinition ?? usual,
            ElevationSpread = ElevationSpread ?? usual,
            AzimuthMirroring = AzimuthMirroring ?? usual,
            LineOfSightTransition = LineOfSightTransition ?? usual,
            LineOfSightRegion = LineOfSightRegion ?? usual,
            LineOfSightPhase = LineOfSightPhase ?? usual,
            RicianFactorPerUser = RicianFactorPerUser ?? usual,
            RegionsAroundBaseStation = RegionsAroundBaseStation ?? usual,
            UsersWithoutClusters = UsersWithoutClusters ?? usual,
            GainRadius = GainRadius ?? usual,
            SteeringElevation = SteeringElevation ?? usual,
            SphericalWaves = SphericalWaves ?? usual,
            SpeedOfLight = SpeedOfLight ?? usual,
        };
    }
}
