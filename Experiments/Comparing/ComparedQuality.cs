using Experiments.Reporting;

namespace Experiments.Comparing;

/// <summary>A column of <c>results.csv</c> that curves are compared by.</summary>
/// <param name="Name">The column.</param>
/// <param name="Unit">The unit of its values, empty for a pure number.</param>
/// <param name="LessIsBetter">Whether it is an error.</param>
/// <param name="Value">Its value at a point, NaN where it is not defined.</param>
public sealed record ComparedQuality(string Name, string Unit, bool LessIsBetter, Func<PointResult, double> Value)
{
    /// <summary>All qualities in the order of the columns.</summary>
    public static IReadOnlyList<ComparedQuality> All { get; } =
    [
        new("nmse_db", "dB", LessIsBetter: true, point => point.NmseDecibels.Value),
        new("nmse_crop_db", "dB", LessIsBetter: true, point => point.NmseCropDecibels.Value),
        new("rho", "", LessIsBetter: false, point => point.Rho.Value),
        new("sgcs", "", LessIsBetter: false, point => point.Sgcs.Value),
        new("se", "bit/s/Hz", LessIsBetter: false, point => point.SpectralEfficiency.Value),
        new("net_se", "bit/s/Hz", LessIsBetter: false, point => point.NetSpectralEfficiency),
    ];

    /// <summary>What is compared if nothing else is asked for: the error of the crop and spectral efficiency.</summary>
    public static IReadOnlyList<ComparedQuality> Defaults { get; } = [.. All.Where(quality => quality.Name is "nmse_crop_db" or "se")];
}
