namespace Experiments.Configuration;

/// <summary>Finds the name that the user may have meant.</summary>
public static class NearestName
{
    /// <summary>The nearest permitted name within a third of its letters (edit distance with transpositions, case ignored).</summary>
    /// <param name="name">What was written.</param>
    /// <param name="permitted">What is permitted.</param>
    /// <returns>The nearest, or null if none is near.</returns>
    public static string? Find(string name, IEnumerable<string> permitted)
    {
        ArgumentNullException.ThrowIfNull(name);
        var nearest = permitted
            .Select(candidate => (Candidate: candidate, Distance: Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .OrderBy(pair => pair.Distance)
            .FirstOrDefault();
        var tolerance = Math.Max(1, (nearest.Candidate?.Length ?? 0) / 3);
        return nearest.Candidate is not null && nearest.Distance <= tolerance ? nearest.Candidate : null;
    }

    /// <summary>The end of a message about an unknown name.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="permitted">What is permitted.</param>
    /// <returns>E.g. <c>did you mean 'taps'? Permitted: bits, taps.</c></returns>
    public static string Advise(string name, IReadOnlyCollection<string> permitted)
    {
        ArgumentNullException.ThrowIfNull(permitted);
        var list = permitted.Count > 0
            ? $"permitted: {string.Join(", ", permitted.Order(StringComparer.Ordinal))}."
            : "there are none.";
        return Find(name, permitted) is { } nearest ? $"did you mean '{nearest}'? ({list.TrimEnd('.')})" : list;
    }

    private static int Distance(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var row = 0; row <= left.Length; row++)
        {
            for (var column = 0; column <= right.Length; column++)
            {
                table[row, column] = (row, column) switch
                {
                    (0, _) => column,
                    (_, 0) => row,
                    _ => Math.Min(
                        Math.Min(table[row - 1, column], table[row, column - 1]) + 1,
                        table[row - 1, column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1)),
                };
                if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1])
                {
                    table[row, column] = Math.Min(table[row, column], table[row - 2, column - 2] + 1);
                }
            }
        }
        return table[left.Length, right.Length];
    }
}
