namespace Experiments.Reporting;

/// <summary>Writes a report in one file format.</summary>
/// <remarks>Paths and file names belong to the caller. Output is UTF-8, independent of the culture, and the same bytes for the same report.</remarks>
public interface IExporter
{
    /// <summary>The file's extension without the dot, e.g. <c>csv</c>.</summary>
    string FileExtension { get; }

    /// <summary>Writes the whole report; leaves the stream open.</summary>
    /// <param name="report">What the experiment found.</param>
    /// <param name="destination">Where it is written.</param>
    void Export(ExperimentReport report, Stream destination);
}
