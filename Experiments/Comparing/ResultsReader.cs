using System.Globalization;
using CsvHelper;
using Experiments.Configuration;
using Experiments.Reporting;

namespace Experiments.Comparing;

/// <summary>Reads <c>results.csv</c> back.</summary>
public static class ResultsReader
{
    /// <summary>Reads the points of an experiment; intervals and further columns are left.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The points in the order of the rows; empty cells are NaN.</returns>
    /// <exception cref="BadInputException">The file is not one that <see cref="CsvExporter"/> writes.</exception>
    public static IReadOnlyList<PointResult> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = File.OpenRead(path);
        using var csv = CsvReader.Create(stream);
        var points = new List<PointResult>();
        try
        {
            while (csv.Read())
            {
                points.Add(Point(new ResultRow(csv, path, points.Count + 2)));
            }
        }
        catch (CsvFormatException damage)
        {
            throw new BadInputException($"{path}: it is not a table of results ({damage.Message}).");
        }
        return points;
    }

    private static PointResult Point(ResultRow row) => new()
    {
        Experiment = row.Text("experiment"),
        Scenario = row.Text("scenario"),
        Scheme = row.Text("scheme"),
        Setting = row.Text("setting"),
        Users = (int)row.Number("users"),
        Precoder = row.Text("precoder"),
        SnrDecibels = row.Number("snr_db"),
        Drops = (int)row.Number("drops"),
        BitsMean = row.Number("bits_mean"),
        BitsMinimum = row.Number("bits_min"),
        BitsMaximum = row.Number("bits_max"),
        NmseDecibels = new Estimate(row.Number("nmse_db")),
        NmseCropDecibels = new Estimate(row.Number("nmse_crop_db")),
        Rho = new Estimate(row.Number("rho")),
        Sgcs = new Estimate(row.Number("sgcs")),
        SpectralEfficiency = new Estimate(row.Number("se")),
        PerfectSpectralEfficiency = row.Number("se_perfect"),
        NetSpectralEfficiency = row.Number("net_se"),
        Estimator = row.Text("estimator"),
        Error = row.Text("error"),
    };

    private readonly struct ResultRow(CsvReader csv, string path, int line)
    {
        public string Text(string column) => csv.TryGetFieldIndex(column, out var index)
            ? csv.GetString(index)
            : throw new BadInputException($"{path}: the column '{column}' is missing; it is not a table of results of this version.");

        public double Number(string column)
        {
            var text = Text(column);
            if (text.Length == 0)
            {
                return double.NaN;
            }
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw new BadInputException(FormattableString.Invariant($"{path}:{line}: '{text}' in column '{column}' is not a number."));
        }
    }
}
