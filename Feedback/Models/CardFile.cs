using System.Text.Json;

namespace Feedback.Models;

/// <summary>Reads the cards that stand beside models.</summary>
internal static class CardFile
{
    /// <summary>Reads a card of one kind.</summary>
    /// <param name="json">The text of the file.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <param name="format">How cards are written.</param>
    /// <param name="kind">What it should be, e.g. <c>card of a network</c>.</param>
    /// <exception cref="InvalidModelException">It is none; of one that is a card all the same, the scheme is named.</exception>
    public static TCard Read<TCard>(string json, string file, JsonSerializerOptions format, string kind)
        where TCard : class
    {
        try
        {
            return JsonSerializer.Deserialize<TCard>(json, format) ?? throw new InvalidModelException($"'{file}' is empty.");
        }
        catch (JsonException exception)
        {
            var found = SchemeOf(json) is { } scheme ? $"it says it is for the scheme '{scheme}': {exception.Message}" : exception.Message;
            throw new InvalidModelException($"'{file}' is no {kind}; {found}", exception);
        }
    }

    private static string? SchemeOf(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("scheme", out var scheme) ? scheme.ToString() : null;
        }
        catch (JsonException)
        {
            // The text is not even JSON, as the first error says already.
            return null;
        }
    }
}
