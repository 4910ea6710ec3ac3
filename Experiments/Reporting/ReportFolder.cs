using Experiments.Running;

namespace Experiments.Reporting;

/// <summary>Leaves a report in a folder: <c>results.csv</c>, <c>timing.csv</c>, <c>manifest.json</c>, figures and <c>report.html</c>.</summary>
public static class ReportFolder
{
    private const string Lines = "reference-lines";

    /// <summary>Writes all files; each is written under another name and renamed, so that none is ever half there.</summary>
    /// <param name="report">The report.</param>
    /// <param name="directory">The folder; made if it is missing.</param>
    /// <returns>The names of the files, in the order of writing.</returns>
    public static IReadOnlyList<string> Write(ExperimentReport report, string directory)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentException.ThrowIfNullOrEmpty(directory);
        Directory.CreateDirectory(directory);
        List<(string Name, IExporter Exporter)> files = [("results", new CsvExporter())];
        if (report.Timings.Count > 0)
        {
            files.Add(("timing", new TimingExporter()));
        }
        if (report.Manifest is not null)
        {
            files.Add(("manifest", new ManifestExporter()));
        }
        if (report.ReferenceLines.Count > 0)
        {
            files.Add((Lines, new ReferenceLinesExporter()));
        }
        else
        {
            File.Delete(Path.Combine(directory, $"{Lines}.csv"));
        }
        var figures = FigureExporter.For(report);
        files.AddRange(figures.Select(figure => (figure.Name, (IExporter)figure)));
        files.Add(("report", new HtmlExporter()));

        var names = files.ConvertAll(file => $"{file.Name}.{file.Exporter.FileExtension}");
        foreach (var (name, exporter) in names.Zip(files.Select(file => file.Exporter)))
        {
            AtomicFile.Write(Path.Combine(directory, name), stream => exporter.Export(report, stream));
        }
        foreach (var stale in Directory.EnumerateFiles(directory, "*-vs-bits*.svg").Where(path => !names.Contains(Path.GetFileName(path))))
        {
            File.Delete(stale);
        }
        return names;
    }
}
