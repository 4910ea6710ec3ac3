namespace Channels.Cost2100;

/// <summary>One parameter column of the COST 2100 model, read from a JSON file [COST2100].</summary>
/// <remarks>SI units; angles in degrees and logarithmic quantities in decibels say so in their names.</remarks>
public sealed record Cost2100Scenario
{
    /// <summary>Where the numbers come from.</summary>
    public required string Source { get; init; }

    /// <summary>f_c, centre of the band [Hz].</summary>
    public required double CarrierFrequency { get; init; }

    /// <summary>Lowest and highest carrier for which the numbers hold [Hz].</summary>
    public required IReadOnlyList<double> CarrierRange { get; init; }

    /// <summary>n, loss per decade of distance in PL = n·log10 d + 20 log10 f - 147.56 dB [dB].</summary>
    public double PathLossPerDecadeDecibels { get; init; } = 20;

    /// <summary>R, radius of the cell [m].</summary>
    public required double CellRadius { get; init; }

    /// <summary>Side of the square around the base station in which users are dropped [m].</summary>
    public required double AreaSide { get; init; }

    /// <summary>R_C, radius of a visibility region [m].</summary>
    public required double VisibilityRadius { get; init; }

    /// <summary>L_C, width of its transition [m].</summary>
    public required double TransitionWidth { get; init; }

    /// <summary>k_τ, decay of the cluster power [1/s].</summary>
    public required double DecayRate { get; init; }

    /// <summary>τ_B, excess delay from which the cluster power decays no further [s].</summary>
    public required double CutOffDelay { get; init; }

    /// <summary>τ_B where the <c>cut-off-delay</c> correction is on; <see cref="CutOffDelay"/> where nothing is said [s].</summary>
    public double? CorrectedCutOffDelay { get; init; }

    /// <summary>N_C, mean number of visible far clusters.</summary>
    public required double VisibleClusters { get; init; }

    /// <summary>Whether N_C is drawn once per environment as max(1, Poisson) instead of being fixed.</summary>
    public bool RandomVisibleClusters { get; init; }

    /// <summary>M, mean number of further visibility regions that share a cluster.</summary>
    public double SharedRegions { get; init; }

    /// <summary>K_sel, probability that a far cluster is of the single-bounce kind.</summary>
    public required double SingleBounceShare { get; init; }

    /// <summary>N_p, multipath components of a cluster.</summary>
    public required int Components { get; init; }

    /// <summary>s_p, radius of the Gaussian gain of each component on the ground [m]; none where components reach everyone alike.</summary>
    public LogNormalParameter? GainRadius { get; init; }

    /// <summary>Visibility regions along the base station's array; none where every element sees every cluster.</summary>
    public BaseStationRegions? BaseStationRegions { get; init; }

    /// <summary>Whether delays and angles are those of each array element instead of plane waves.</summary>
    public bool SphericalWaves { get; init; }

    /// <summary>Whether there is a local cluster around the base station.</summary>
    public bool LocalClusterAtBaseStation { get; init; }

    /// <summary>Whether there is a local cluster around every user.</summary>
    public bool LocalClusterAtUser { get; init; }

    /// <summary>S, cluster shadowing [dB standard deviation].</summary>
    public double ShadowingDecibels { get; init; }

    /// <summary>τ_c, delay extent of a cluster [s].</summary>
    public required LogNormalParameter DelaySpread { get; init; }

    /// <summary>θ_BS, elevation extent seen from the base station [°].</summary>
    public required LogNormalParameter DepartureElevationDegrees { get; init; }

    /// <summary>θ_BS where the <c>elevation-spread</c> correction is on; <see cref="DepartureElevationDegrees"/> where nothing is said [°].</summary>
    public LogNormalParameter? CorrectedDepartureElevationDegrees { get; init; }

    /// <summary>φ_BS, azimuth extent seen from the base station [°].</summary>
    public required LogNormalParameter DepartureAzimuthDegrees { get; init; }

    /// <summary>θ_MS, elevation extent seen from the visibility region [°].</summary>
    public required LogNormalParameter ArrivalElevationDegrees { get; init; }

    /// <summary>φ_MS, azimuth extent seen from the visibility region [°].</summary>
    public required LogNormalParameter ArrivalAzimuthDegrees { get; init; }

    /// <summary>Upper triangle of the correlations among S, τ, θ_BS, φ_BS, θ_MS, φ_MS; rows of 5, 4, 3, 2 and 1 numbers.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Correlations { get; init; }

    /// <summary>Mean and standard deviation of a cluster's azimuth off the line from base station to visibility region [°].</summary>
    public required IReadOnlyList<double> ClusterAzimuthDegrees { get; init; }

    /// <summary>Mean and standard deviation of a cluster's elevation [°].</summary>
    public required IReadOnlyList<double> ClusterElevationDegrees { get; init; }

    /// <summary>Smallest and largest distance of a cluster from the base station [m].</summary>
    public required IReadOnlyList<double> ClusterDistance { get; init; }

    /// <summary>Mean of the exponential part of the link delay, and its minimum [s].</summary>
    public required IReadOnlyList<double> LinkDelay { get; init; }

    /// <summary>XPD_V, power received vertically over horizontally when sent vertically: mean and standard deviation [dB].</summary>
    public IReadOnlyList<double> VerticalDiscriminationDecibels { get; init; } = [0, 0];

    /// <summary>XPD_H, the same when sent horizontally: mean and standard deviation [dB].</summary>
    public IReadOnlyList<double> HorizontalDiscriminationDecibels { get; init; } = [0, 0];

    /// <summary>CPR, vertical over horizontal co-polarised power: mean and standard deviation [dB].</summary>
    public IReadOnlyList<double> CopolarRatioDecibels { get; init; } = [0, 0];

    /// <summary>p_k, shares of visibility regions that are common to k = 1, 2, … base stations.</summary>
    public IReadOnlyList<double> BaseStationShares { get; init; } = [];

    /// <summary>The line of sight; none where it is left out.</summary>
    public LineOfSightParameters? LineOfSight { get; init; }

    /// <summary>c₀; 3·10⁸ exactly in the code [m/s].</summary>
    internal double SpeedOfLight { get; init; } = 3e8;

    /// <summary>Finds the scenario that a catalogue entry and its option mean.</summary>
    /// <param name="name">The name of one that ships; empty for one of the user's own.</param>
    /// <param name="path">Path of the user's file; empty for one that ships.</param>
    /// <returns>The scenario.</returns>
    public static Cost2100Scenario Choose(string name, string path)
    {
        if (string.IsNullOrEmpty(name) == string.IsNullOrEmpty(path))
            throw Refusal.Of(nameof(Cost2100Options.Scenario), string.IsNullOrEmpty(name) ? "the key 'scenario' is missing; it is the path of a JSON file with the parameters." : $"'{Path.GetFileName(path)}' stands beside the scenario '{name}'; a file of your own goes with 'channel: cost2100'.");
        if (name.Length > 0)
            return Shipped(name);
        try
        {
            return Load(path);
        }
        catch (InvalidDataException exception)
        {
            throw Refusal.Of(nameof(Cost2100Options.Scenario), exception.Message);
        }
    }

    /// <summary>Reads a scenario that ships with the program.</summary>
    /// <param name="name">File name without <c>.json</c>, e.g. <c>indoor-hall-5ghz</c>.</param>
    /// <returns>The scenario.</returns>
    public static Cost2100Scenario Shipped(string name)
    {
        var assembly = typeof(Cost2100Scenario).Assembly;
        var prefix = $"{typeof(Cost2100Scenario).Namespace}.Scenarios.";
        using var stream = assembly.GetManifestResourceStream($"{prefix}{name}.json");
        if (stream is not null)
            return ScenarioFile.Read(stream, name);
        var known = assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(prefix, StringComparison.Ordinal))
            .Select(resource => resource[prefix.Length..^".json".Length])
            .Order(StringComparer.Ordinal);
        throw new ArgumentException($"There is no COST 2100 scenario '{name}'; there are {string.Join(", ", known)}.", nameof(name));
    }

    /// <summary>Reads a scenario from a file of the user's.</summary>
    /// <param name="path">Path of a JSON file with the members of this record.</param>
    /// <returns>The scenario.</returns>
    /// <exception cref="InvalidDataException">The file is no scenario; the message lists everything that is wrong with it.</exception>
    public static Cost2100Scenario Load(string path)
    {
        using var stream = File.OpenRead(path);
        return ScenarioFile.Read(stream, Path.GetFileName(path));
    }
}
