using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Experiments.Running;

namespace Experiments.Drawing;

/// <summary>The figures of drops as a table for the terminal, as JSON, and row by row as CSV.</summary>
/// <param name="channel">The scenario.</param>
/// <param name="drops">How many drops were measured.</param>
/// <param name="columns">Their figures.</param>
internal sealed class StatisticsTable(ChosenChannel channel, int drops, DropColumns columns)
{
    private const int FirstWidth = 18;
    private const int Width = 11;

    /// <summary>Writes the table.</summary>
    /// <param name="output">Where it goes.</param>
    public void Print(TextWriter output)
    {
        var users = channel.Users > 1 ? "users" : "user";
        output.WriteLine(FormattableString.Invariant($"{channel.Name}: {drops} drops of {channel.Users} {users}, seed {channel.Seed}"));
        output.WriteLine($"{"",-FirstWidth}{"mean",Width}{"median",Width}{"p10",Width}{"p90",Width}");
        foreach (var name in columns.Names)
        {
            var summary = Distribution.Of(columns[name]);
            var cells = new[] { summary.Mean, summary.Median, summary.Low, summary.High }.Select(value => Short(value).PadLeft(Width));
            output.WriteLine($"{name,-FirstWidth}{string.Concat(cells)}");
        }
    }

    /// <summary>The scenario and its figures.</summary>
    /// <returns>One object.</returns>
    public JsonObject Describe() => new()
    {
        ["channel"] = channel.Name,
        ["drops"] = drops,
        ["seed"] = channel.Seed,
        ["scenario"] = JsonNode.Parse(channel.Canonical),
        ["statistics"] = new JsonObject(columns.Names.Select(name => KeyValuePair.Create(name, (JsonNode?)Distribution.Of(columns[name]).Describe()))),
    };

    /// <summary>Writes a line a drop and user.</summary>
    /// <param name="path">The file.</param>
    public void WriteRows(string path) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        writer.WriteLine($"drop,user,{string.Join(',', columns.Names)}");
        for (var row = 0; row < columns.Count; row++)
        {
            var cells = columns.Names.Select(name => columns[name][row].ToString("G9", CultureInfo.InvariantCulture));
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row / channel.Users},{row % channel.Users},{string.Join(',', cells)}"));
        }
    });

    private static string Short(double value) => Math.Abs(value) switch
    {
        >= 1000 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0000", CultureInfo.InvariantCulture),
    };
}
