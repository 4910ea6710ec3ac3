using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Experiments.Planning;

/// <summary>One text for one meaning: sorted keys, one line, shortest numbers.</summary>
public static class CanonicalJson
{
    private static readonly JsonSerializerOptions Line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new(Line) { WriteIndented = true, NewLine = "\n" };

    /// <summary>Writes a value on one line with sorted keys.</summary>
    /// <param name="value">Objects, arrays and values.</param>
    /// <returns>The text.</returns>
    public static string Write(JsonNode value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Sorted(value)!.ToJsonString(Line);
    }

    /// <summary>Writes a value for readers, keys as they stand.</summary>
    /// <param name="value">Objects, arrays and values.</param>
    /// <returns>The text, several lines.</returns>
    public static string WriteIndented(JsonNode value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.ToJsonString(Indented);
    }

    private static JsonNode? Sorted(JsonNode? value) => value switch
    {
        JsonObject pairs => new JsonObject(pairs
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new KeyValuePair<string, JsonNode?>(pair.Key, Sorted(pair.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => value?.DeepClone(),
    };
}
