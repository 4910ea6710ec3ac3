using System.Globalization;

namespace Channels.Cost2100;

/// <summary>Recorded ways of the users: a table of instants with everyone's place.</summary>
/// <param name="Times">Instants from the first slot on [s], rising from 0; at least two.</param>
/// <param name="Corners">Places of each user at the instants [m], <c>[U][K][2]</c>.</param>
/// <param name="Lines">The line of the file in which each instant stands, for messages.</param>
internal sealed record Trajectory(IReadOnlyList<double> Times, IReadOnlyList<IReadOnlyList<double[]>> Corners, IReadOnlyList<int> Lines)
{
    private const int MostRows = 10_000;

    /// <summary>Reads a file: a line an instant, its time [s] and x and y of every user [m], comments after #, a heading or none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="users">U, users of a drop.</param>
    /// <returns>The trajectory.</returns>
    public static Trajectory Read(string path, int users)
    {
        var rows = new List<double[]>();
        var lines = new List<int>();
        var number = 0;
        foreach (var line in ReadLines(path))
        {
            number++;
            var words = line.Split('#')[0].Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || rows.Count == 0 && IsHeading(words))
                continue;
            if (words.Length != 1 + 2 * users)
                throw Wrong(path, $"line {number} has {words.Length} columns; permitted: {1 + 2 * users}, the time [s] and x and y [m] of each of {users} user{(users == 1 ? "" : "s")}");
            double[] row = [.. words.Select(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
                ? value
                : throw Wrong(path, $"line {number} has '{word}' where a number is expected"))];
            if (rows.Count == 0 && row[0] != 0)
                throw Wrong(path, FormattableString.Invariant($"line {number} begins at {row[0]} s; permitted: 0, the first slot"));
            if (rows.Count > 0 && row[0] <= rows[^1][0])
                throw Wrong(path, FormattableString.Invariant($"line {number} has the time {row[0]} s after {rows[^1][0]} s; permitted: rising times"));
            rows.Add(row);
            lines.Add(number);
        }
        if (rows.Count is < 2 or > MostRows)
            throw Wrong(path, $"it has {rows.Count} instants; permitted: 2 to {MostRows}");
        return new Trajectory(
            [.. rows.Select(row => row[0])],
            [.. Enumerable.Range(0, users).Select(user => (IReadOnlyList<double[]>)[.. rows.Select(row => row[(1 + 2 * user)..(3 + 2 * user)])])],
            lines);
    }

    /// <summary>A trajectory that is refused.</summary>
    /// <param name="path">The file.</param>
    /// <param name="complaint">What was found and what is permitted.</param>
    /// <returns>The exception to throw.</returns>
    public static ArgumentException Wrong(string path, string complaint) =>
        Refusal.Of(nameof(Cost2100Options.Trajectory), $"{Path.GetFileName(path)}: {complaint}.");

    private static string[] ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Wrong(path, $"the file cannot be read: {exception.Message.TrimEnd('.')}");
        }
    }

    private static bool IsHeading(string[] words) => words.All(word => !double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
}
