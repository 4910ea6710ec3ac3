namespace Experiments.Running;

/// <summary>The cropped NMSE as other papers average it, from the same reports; each differs from the mean of ratios by up to some decibels.</summary>
public static class ErrorConventions
{
    private const int ReportsPerBatch = 200;

    /// <summary>Averages the errors of a point in three further ways.</summary>
    /// <param name="ratios">‖G - Ĝ‖²/‖G‖² of each report.</param>
    /// <param name="energies">‖G‖² of each report.</param>
    /// <returns>
    /// <c>nmse_crop_db_of_sums</c>: sum of errors over sum of energies [OFSQ]; <c>nmse_crop_db_per_200</c>: mean of the decibels of batches of 200
    /// reports, the last one shorter [CRNet]; <c>nmse_crop_db_per_report</c>: mean of the decibels of each report [QCFH]. NaN without reports.
    /// </returns>
    public static IReadOnlyDictionary<string, double> Cropped(IReadOnlyList<double> ratios, IReadOnlyList<double> energies)
    {
        ArgumentNullException.ThrowIfNull(ratios);
        ArgumentNullException.ThrowIfNull(energies);
        return new Dictionary<string, double>
        {
            ["nmse_crop_db_of_sums"] = Decibels(ratios.Zip(energies, (ratio, energy) => ratio * energy).Sum() / energies.Sum()),
            ["nmse_crop_db_per_200"] = ratios.Chunk(ReportsPerBatch).Select(batch => Decibels(batch.Average())).DefaultIfEmpty(double.NaN).Average(),
            ["nmse_crop_db_per_report"] = ratios.Select(Decibels).DefaultIfEmpty(double.NaN).Average(),
        };
    }

    private static double Decibels(double ratio) => 10 * Math.Log10(ratio);
}
