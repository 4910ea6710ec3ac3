using System.Text.Json.Nodes;

namespace Experiments.Running;

/// <summary>Finds where the input of a results folder differs from the one at hand.</summary>
public static class InputDifference
{
    // More drops of the same input continue a run, fewer are a prefix of it.
    // A curve more or less leaves the blocks of all others, which know what they are of.
    // Lines of theory change no point.
    private static readonly string[] Harmless = ["drops", "feedback", "reference-lines"];

    /// <summary>The path of the first difference.</summary>
    /// <param name="before">The resolved input in the folder.</param>
    /// <param name="now">The resolved input at hand.</param>
    /// <param name="path">Where the two stand.</param>
    /// <returns>The path with both values; null if they agree but for drops, curves and lines of theory.</returns>
    public static string? First(JsonNode? before, JsonNode? now, string path = "")
    {
        switch (before, now)
        {
            case (JsonObject left, JsonObject right):
                return left.Select(entry => entry.Key).Union(right.Select(entry => entry.Key))
                    .Where(key => path.Length > 0 || !Harmless.Contains(key))
                    .Select(key => First(left[key], right[key], path.Length == 0 ? key : $"{path}.{key}"))
                    .FirstOrDefault(found => found is not null);
            case (JsonArray left, JsonArray right) when left.Count == right.Count:
                return Enumerable.Range(0, left.Count)
                    .Select(index => First(left[index], right[index], $"{path}[{index}]"))
                    .FirstOrDefault(found => found is not null);
            default:
                return JsonNode.DeepEquals(before, now) ? null : $"{path} (there {Text(before)}, now {Text(now)})";
        }
    }

    private static string Text(JsonNode? node)
    {
        var text = node?.ToJsonString() ?? "absent";
        return text.Length <= 60 ? text : text[..57] + "...";
    }
}
