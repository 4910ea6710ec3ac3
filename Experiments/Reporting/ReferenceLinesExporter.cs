using System.Globalization;

namespace Experiments.Reporting;

/// <summary>Writes <c>reference-lines.csv</c>: lines of theory beside the results, a row a point.</summary>
public sealed class ReferenceLinesExporter : IExporter
{
    /// <inheritdoc/>
    public string FileExtension => "csv";

    /// <inheritdoc/>
    public void Export(ExperimentReport report, Stream destination)
    {
        ArgumentNullException.ThrowIfNull(report);
        CsvExporter.Write(
            destination,
            ["experiment", "scenario", "line", "drops", "information_bits", "nmse_crop_db", "description"],
            from line in report.ReferenceLines
            from point in line.Points
            select new[]
            {
                report.Name, line.Scenario, line.Name, line.Drops.ToString(CultureInfo.InvariantCulture),
                ResultColumns.Number(point.Bits), ResultColumns.Number(point.NmseCropDecibels), line.Description,
            });
    }
}
