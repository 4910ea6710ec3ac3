using System.Text.Json;
using System.Text.Json.Serialization;

namespace Channels.Cost2100;

/// <summary>One parameter column of the COST 2100 model, read from a JSON file [COST2100].</summary>
/// <remarks>SI units; angles in degrees and logarithmic quantities in decibels say so in their names.</remarks>
public sealed record Cost2100Scenario
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Where the numbers come from.</summary>
    public required string Source { get; init; }

    /// <summary>f_c, centre of the band [Hz].</summary>
    public required double CarrierFrequency { get; init; }

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

    /// <summary>The line of sight; none where it is left out.</summary>
    public LineOfSightParameters? LineOfSight { get; init; }

    /// <summary>Reads a scenario that ships with the program.</summary>
    /// <param name="name">File name without <c>.json</c>, e.g. <c>indoor-hall-5ghz</c>.</param>
    /// <returns>The scenario.</returns>
    public static Cost2100Scenario Shipped(string name)
    {
        var assembly = typeof(Cost2100Scenario).Assembly;
        var prefix = $"{typeof(Cost2100Scenario).Namespace}.Scenarios.";
        using var stream = assembly.GetManifestResourceStream($"{prefix}{name}.json");
        if (stream is not null)
            return Read(stream, name);
        var known = assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(prefix, StringComparison.Ordinal))
            .Select(resource => resource[prefix.Length..^".json".Length])
            .Order(StringComparer.Ordinal);
        throw new ArgumentException($"There is no COST 2100 scenario '{name}'; there are {string.Join(", ", known)}.", nameof(name));
    }

    /// <summary>Reads a scenario from a file of the user's.</summary>
    /// <param name="path">Path of a JSON file with the members of this record.</param>
    /// <returns>The scenario.</returns>
    /// <exception cref="InvalidDataException">The file is no scenario.</exception>
    public static Cost2100Scenario Load(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, path);
    }

    private static Cost2100Scenario Read(Stream stream, string name)
    {
        try
        {
            return JsonSerializer.Deserialize<Cost2100Scenario>(stream, Format)
                ?? throw new InvalidDataException($"{name} is empty; a COST 2100 scenario was expected.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{name} is no COST 2100 scenario: {exception.Message}", exception);
        }
    }
}
