using System.Text.Encodings.Web;
using System.Text.Json;

namespace Experiments.Reporting;

/// <summary>Writes <c>manifest.json</c>: the input as resolved, its hash, seeds, versions, machine and definitions.</summary>
public sealed class ManifestExporter : IExporter
{
    /// <inheritdoc/>
    public string FileExtension => "json";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The report has no manifest.</exception>
    public void Export(ExperimentReport report, Stream destination)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(destination);
        var manifest = report.Manifest ?? throw new ArgumentException($"The report of '{report.Name}' has no manifest.", nameof(report));
        using (var writer = new Utf8JsonWriter(destination, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, manifest, report.Definitions);
        }
        destination.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter writer, Manifest manifest, IReadOnlyList<Definition> definitions)
    {
        writer.WriteStartObject();
        writer.WriteString("experiment", manifest.Experiment);
        writer.WriteString("version", manifest.Version);
        writer.WriteString("git_commit", manifest.GitCommit);
        writer.WriteString("machine", manifest.Machine);
        writer.WriteString("libtorch", manifest.Libtorch);
        writer.WriteString("device", manifest.Device);
        writer.WriteStartObject("seeds");
        foreach (var (name, seed) in manifest.Seeds.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.WriteNumber(name, seed);
        }
        writer.WriteEndObject();
        writer.WriteString("input_file", manifest.InputFile);
        writer.WriteString("input_sha256", manifest.InputSha256);
        writer.WritePropertyName("input");
        using (var input = JsonDocument.Parse(manifest.ResolvedInput))
        {
            input.WriteTo(writer);
        }
        writer.WriteStartArray("definitions");
        foreach (var definition in definitions)
        {
            writer.WriteStartObject();
            writer.WriteString("term", definition.Term);
            writer.WriteString("columns", definition.Columns);
            writer.WriteString("text", definition.Text);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
