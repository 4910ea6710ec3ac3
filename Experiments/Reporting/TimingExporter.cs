namespace Experiments.Reporting;

/// <summary>Writes <c>timing.csv</c>: how long each point took, which no other file of the results tells.</summary>
public sealed class TimingExporter : IExporter
{
    /// <inheritdoc/>
    public string FileExtension => "csv";

    /// <inheritdoc/>
    public void Export(ExperimentReport report, Stream destination)
    {
        ArgumentNullException.ThrowIfNull(report);
        var identity = ResultColumns.ForIdentity();
        CsvExporter.Write(
            destination,
            [.. identity.Select(column => column.Name), "seconds", "drops_per_second"],
            report.Timings.Select(timing => identity
                .Select(column => column.Text(timing.Point))
                .Append(ResultColumns.Number(timing.Seconds))
                .Append(ResultColumns.Number(timing.Seconds > 0 ? timing.Point.Drops / timing.Seconds : double.NaN))));
    }
}
