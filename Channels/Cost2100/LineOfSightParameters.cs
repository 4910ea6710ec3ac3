namespace Channels.Cost2100;

/// <summary>The line of sight of a COST 2100 scenario.</summary>
public sealed record LineOfSightParameters
{
    /// <summary>d_co, largest distance between base station and user with a line of sight [m].</summary>
    public required double CutOffDistance { get; init; }

    /// <summary>R_L, radius of the line-of-sight visibility region [m].</summary>
    public required double VisibilityRadius { get; init; }

    /// <summary>L_L, width of its transition, used where the <c>line-of-sight-transition</c> correction is on [m].</summary>
    public double TransitionWidth { get; init; }

    /// <summary>K, mean of its decibel value [dB].</summary>
    public required double RicianFactorDecibels { get; init; }

    /// <summary>Standard deviation of K [dB].</summary>
    public required double RicianDeviationDecibels { get; init; }
}
