namespace Channels.Cost2100;

/// <summary>How far scatterers spread for given parameters of a cluster.</summary>
/// <param name="RadialPerSecond">Standard deviation along the delay over τ_c [m/s].</param>
/// <param name="Across">How many standard deviations r·tan(φ/2) is.</param>
internal readonly record struct SemiAxes(double RadialPerSecond, double Across)
{
    /// <summary>The definition in force.</summary>
    /// <param name="scenario">The parameter column.</param>
    /// <param name="measured">Whether parameters are root-mean-square spreads; otherwise semi-axes are three standard deviations.</param>
    /// <returns>The factors.</returns>
    public static SemiAxes Of(Cost2100Scenario scenario, bool measured) =>
        measured ? new SemiAxes(scenario.SpeedOfLight / 2, 0.5) : new SemiAxes(scenario.SpeedOfLight / 6, 3);
}
