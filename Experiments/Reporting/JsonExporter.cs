using System.Text.Encodings.Web;
using System.Text.Json;

namespace Experiments.Reporting;

/// <summary>Writes the rows of <c>results.csv</c> as one JSON document, for programs that read the standard output.</summary>
public sealed class JsonExporter : IExporter
{
    private static readonly HashSet<string> Texts =
        new(["experiment", "scenario", "scheme", "setting", "precoder", "estimator", "error"], StringComparer.Ordinal);

    /// <inheritdoc/>
    public string FileExtension => "json";

    /// <inheritdoc/>
    public void Export(ExperimentReport report, Stream destination)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(destination);
        var columns = ResultColumns.For(report.Points);
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(destination, options))
        {
            writer.WriteStartObject();
            writer.WriteString("experiment", report.Name);
            writer.WriteStartArray("points");
            foreach (var point in report.Points)
            {
                writer.WriteStartObject();
                foreach (var (name, text) in columns)
                {
                    Write(writer, name, text(point));
                }
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        destination.WriteByte((byte)'\n');
    }

    // A number of the table is a number here too, digit for digit; an empty cell is null.
    private static void Write(Utf8JsonWriter writer, string name, string text)
    {
        if (Texts.Contains(name))
        {
            writer.WriteString(name, text);
            return;
        }
        writer.WritePropertyName(name);
        writer.WriteRawValue(text is "" or "Infinity" or "-Infinity" ? "null" : text);
    }
}
