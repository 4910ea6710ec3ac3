using System.Globalization;

namespace Experiments.Reporting;

/// <summary>The columns of <c>results.csv</c>: names, order and text of each cell.</summary>
public static class ResultColumns
{
    private static readonly (string Name, Func<PointResult, string> Text)[] Identity =
    [
        ("experiment", point => point.Experiment),
        ("scenario", point => point.Scenario),
        ("scheme", point => point.Scheme),
        ("setting", point => point.Setting),
        ("users", point => point.Users.ToString(CultureInfo.InvariantCulture)),
        ("precoder", point => point.Precoder),
        ("snr_db", point => Number(point.SnrDecibels)),
        ("drops", point => point.Drops.ToString(CultureInfo.InvariantCulture)),
    ];

    private static readonly (string Name, Func<PointResult, string> Text)[] Quantities =
    [
        ("bits_mean", point => Number(point.BitsMean)),
        ("bits_min", point => Number(point.BitsMinimum)),
        ("bits_max", point => Number(point.BitsMaximum)),
        ("nmse_db", point => Number(point.NmseDecibels.Value)),
        ("nmse_crop_db", point => Number(point.NmseCropDecibels.Value)),
        ("rho", point => Number(point.Rho.Value)),
        ("sgcs", point => Number(point.Sgcs.Value)),
        ("se", point => Number(point.SpectralEfficiency.Value)),
        ("se_low", point => Number(point.SpectralEfficiency.Low)),
        ("se_high", point => Number(point.SpectralEfficiency.High)),
        ("se_perfect", point => Number(point.PerfectSpectralEfficiency)),
        ("net_se", point => Number(point.NetSpectralEfficiency)),
        ("se_user_5pct", point => Number(point.UserQuantile)),
        ("estimator", point => point.Estimator),
        ("nmse_db_low", point => Number(point.NmseDecibels.Low)),
        ("nmse_db_high", point => Number(point.NmseDecibels.High)),
        ("nmse_crop_db_low", point => Number(point.NmseCropDecibels.Low)),
        ("nmse_crop_db_high", point => Number(point.NmseCropDecibels.High)),
        ("rho_low", point => Number(point.Rho.Low)),
        ("rho_high", point => Number(point.Rho.High)),
        ("sgcs_low", point => Number(point.Sgcs.Low)),
        ("sgcs_high", point => Number(point.Sgcs.High)),
    ];

    /// <summary>What names a point: the columns that other tables repeat.</summary>
    /// <returns>Name and text of each column, in order.</returns>
    public static IReadOnlyList<(string Name, Func<PointResult, string> Text)> ForIdentity() => Identity;

    /// <summary>All columns of a report: the same for all reports, then what some of its points have further, then the error.</summary>
    /// <param name="points">The points, for the names of further numbers.</param>
    /// <returns>Name and text of each column, in order.</returns>
    public static IReadOnlyList<(string Name, Func<PointResult, string> Text)> For(IReadOnlyList<PointResult> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var further = points.SelectMany(point => point.Further.Keys).Distinct().Order(StringComparer.Ordinal);
        return
        [
            .. Identity,
            .. Quantities,
            .. further.Select(name => (name, (Func<PointResult, string>)(point => Number(point.Further.GetValueOrDefault(name, double.NaN))))),
            ("error", point => point.Error),
        ];
    }

    /// <summary>The shortest decimal that reads back as the same number; nothing for NaN.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The text of the cell.</returns>
    public static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);
}
