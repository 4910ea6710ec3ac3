using CsvHelper;

namespace Experiments.Reporting;

/// <summary>Writes <c>results.csv</c>: a header, then a row a point.</summary>
public sealed class CsvExporter : IExporter
{
    /// <inheritdoc/>
    public string FileExtension => "csv";

    /// <inheritdoc/>
    public void Export(ExperimentReport report, Stream destination)
    {
        ArgumentNullException.ThrowIfNull(report);
        var columns = ResultColumns.For(report.Points);
        Write(destination, [.. columns.Select(column => column.Name)], report.Points.Select(point => columns.Select(column => column.Text(point))));
    }

    /// <summary>Writes a table as comma-separated values with line feeds, whatever the platform.</summary>
    /// <param name="destination">Where it is written; stays open.</param>
    /// <param name="header">The names of the columns.</param>
    /// <param name="rows">The texts of the cells.</param>
    internal static void Write(Stream destination, IReadOnlyList<string> header, IEnumerable<IEnumerable<string>> rows)
    {
        using var csv = CsvWriter.Create(destination, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        foreach (var row in rows.Prepend(header))
        {
            csv.WriteRecord(row.ToArray());
        }
    }
}
