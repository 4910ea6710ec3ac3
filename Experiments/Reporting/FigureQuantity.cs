namespace Experiments.Reporting;

/// <summary>A quantity that is drawn against bits.</summary>
/// <param name="Name">Its part of the file name, e.g. <c>se</c>.</param>
/// <param name="AxisTitle">The title of its axis for a number of users.</param>
/// <param name="Value">The quantity of a point.</param>
/// <param name="Limit">Its value with perfect CSI, NaN if none is drawn.</param>
/// <param name="Floor">The lowest value that an axis shows.</param>
public sealed record FigureQuantity(string Name, Func<int, string> AxisTitle, Func<PointResult, Estimate> Value, Func<PointResult, double> Limit, double Floor)
{
    /// <summary>Below it errors of CSI no longer matter to any link, and the other schemes would be squeezed into a corner [dB].</summary>
    private const double ErrorFloorDecibels = -40;

    /// <summary>Whether lines of theory are about it: they are about errors of the crop.</summary>
    public bool HasReferenceLines => Name == "nmse-crop";

    /// <summary>All quantities that figures are made of.</summary>
    public static IReadOnlyList<FigureQuantity> All { get; } =
    [
        new(
            "se",
            users => users == 1 ? "Spectral efficiency [bit/s/Hz]" : "Sum spectral efficiency [bit/s/Hz]",
            point => point.SpectralEfficiency,
            point => point.PerfectSpectralEfficiency,
            double.NegativeInfinity),
        new("nmse", _ => "NMSE [dB]", point => point.NmseDecibels, _ => double.NaN, ErrorFloorDecibels),
        new("nmse-crop", _ => "NMSE on the angular-delay crop [dB]", point => point.NmseCropDecibels, _ => double.NaN, ErrorFloorDecibels),
        new("rho", _ => "Cosine similarity ρ", point => point.Rho, _ => double.NaN, double.NegativeInfinity),
    ];

    /// <summary>Whether a point can be drawn.</summary>
    /// <param name="point">The point.</param>
    /// <returns>Whether its bits and its value are finite.</returns>
    public bool Shows(PointResult point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return double.IsFinite(point.BitsMean) && double.IsFinite(Value(point).Value);
    }
}
