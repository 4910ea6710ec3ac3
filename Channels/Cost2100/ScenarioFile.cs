using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Channels.Cost2100;

/// <summary>Reads scenario files and says everything that is wrong with one at once.</summary>
internal static class ScenarioFile
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private static readonly JsonDocumentOptions DocumentFormat = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads a scenario.</summary>
    /// <param name="stream">JSON.</param>
    /// <param name="name">What the file is called in messages.</param>
    /// <returns>The scenario.</returns>
    /// <exception cref="InvalidDataException">The file is no scenario.</exception>
    public static Cost2100Scenario Read(Stream stream, string name)
    {
        try
        {
            if (stream.CanSeek && stream.Length == 0)
                throw new InvalidDataException($"{name} is empty, 0 bytes long.");
            using var document = JsonDocument.Parse(stream, DocumentFormat);
            var errors = new List<string>();
            Compare(document.RootElement, typeof(Cost2100Scenario), "", errors);
            Refuse(name, errors);
            var scenario = document.RootElement.Deserialize<Cost2100Scenario>(Format)!;
            Refuse(name, ScenarioRules.Broken(scenario));
            return scenario;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{name} is no JSON: {exception.Message}", exception);
        }
    }

    private static void Refuse(string name, IReadOnlyList<string> errors)
    {
        if (errors.Count > 0)
            throw new InvalidDataException($"{name} is no COST 2100 scenario: {string.Join(" ", errors)}");
    }

    private static void Compare(JsonElement element, Type type, string place, List<string> errors)
    {
        if (Mismatch(element, type) is { } expected)
        {
            errors.Add($"{(place.Length == 0 ? "the file" : place)} is {Describe(element)} where {expected} is expected.");
            return;
        }
        if (element.ValueKind != JsonValueKind.Object)
            return;
        var properties = type.GetProperties().ToDictionary(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name), StringComparer.Ordinal);
        string At(string key) => place.Length == 0 ? key : $"{place}.{key}";
        foreach (var member in element.EnumerateObject())
        {
            if (properties.TryGetValue(member.Name, out var property))
                Compare(member.Value, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, At(member.Name), errors);
            else
                errors.Add($"the key '{At(member.Name)}' is not known (permitted: {string.Join(", ", properties.Keys.Order(StringComparer.Ordinal))}).");
        }
        foreach (var key in properties.Where(pair => pair.Value.GetCustomAttribute<RequiredMemberAttribute>() is not null).Select(pair => pair.Key))
        {
            if (!element.TryGetProperty(key, out _))
                errors.Add($"the key '{At(key)}' is missing.");
        }
    }

    /// <summary>What a type wants instead of this element; null if the element will do.</summary>
    private static string? Mismatch(JsonElement element, Type type) => type switch
    {
        _ when type == typeof(string) => element.ValueKind == JsonValueKind.String ? null : "a text",
        _ when type == typeof(bool) => element.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "true or false",
        _ when type == typeof(int) => element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var _) ? null : "a whole number",
        _ when type == typeof(double) => element.ValueKind == JsonValueKind.Number ? null : "a number",
        _ when type == typeof(IReadOnlyList<double>) => IsList(element, item => item.ValueKind == JsonValueKind.Number) ? null : "a list of numbers",
        _ when type == typeof(IReadOnlyList<IReadOnlyList<double>>) => IsList(element, row => IsList(row, item => item.ValueKind == JsonValueKind.Number)) ? null : "a list of lists of numbers",
        _ => element.ValueKind == JsonValueKind.Object ? null : "an object",
    };

    private static bool IsList(JsonElement element, Func<JsonElement, bool> good) =>
        element.ValueKind == JsonValueKind.Array && element.EnumerateArray().All(good);

    private static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => string.Create(CultureInfo.InvariantCulture, $"'{element}'"),
    };
}
