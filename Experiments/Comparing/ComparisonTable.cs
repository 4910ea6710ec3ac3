using System.Globalization;
using System.Text.Json.Nodes;
using Experiments.Reporting;
using Spectre.Console;

namespace Experiments.Comparing;

/// <summary>Comparisons as tables for the terminal and as JSON.</summary>
public static class ComparisonTable
{
    private const int Width = 180;

    private static readonly (string Header, Justify Side, Func<CurveComparison, string> Text)[] Columns =
    [
        ("scheme", Justify.Left, row => row.Scheme),
        ("points", Justify.Right, row => row.Points.ToString(CultureInfo.InvariantCulture)),
        ("BD-rate [%]", Justify.Right, row => Signed(row.Delta.RatePercent, "+0.0;-0.0;0.0")),
        ("over", Justify.Left, row => Range(row.Delta.RatePercent, row.Quality.Unit == "dB" ? "0.0" : "0.000")),
        ("BD-quality", Justify.Right, row => Signed(row.Delta.Quality, row.Quality.Unit == "dB" ? "+0.00;-0.00;0.00" : "+0.000;-0.000;0.000")),
        ("over bits", Justify.Left, row => Range(row.Delta.Quality, "0")),
        ("note", Justify.Left, row => row.Note),
    ];

    /// <summary>Writes rows, a table for each experiment, group, quality and reference.</summary>
    /// <param name="rows">The comparisons.</param>
    /// <param name="output">Where they go.</param>
    /// <param name="markdown">Whether tables are Markdown.</param>
    public static void Print(IReadOnlyList<CurveComparison> rows, TextWriter output, bool markdown)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(output);
        var console = ConsoleOn(output);
        foreach (var table in rows.GroupBy(row => (row.Experiment, row.Group, row.Quality, row.Reference)))
        {
            output.WriteLine($"{table.Key.Experiment}: {table.Key.Group}; {Titled(table.Key.Quality)} against {table.Key.Reference}");
            console.Write(Create([.. table], markdown));
        }
    }

    /// <summary>Writes qualities at equal bits, a table for each experiment, group and quality.</summary>
    /// <param name="rows">The curves, all at the same bits.</param>
    /// <param name="output">Where they go.</param>
    /// <param name="markdown">Whether tables are Markdown.</param>
    public static void Print(IReadOnlyList<EqualBits> rows, TextWriter output, bool markdown)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(output);
        var console = ConsoleOn(output);
        foreach (var found in rows.GroupBy(row => (row.Experiment, row.Group, row.Quality)))
        {
            var table = Bordered(markdown);
            AddColumn(table, "scheme", Justify.Left);
            foreach (var (bits, _) in found.First().Values)
            {
                AddColumn(table, $"{Plain(bits, "0.#")} b", Justify.Right);
            }
            AddColumn(table, "finest", Justify.Right);
            var format = found.Key.Quality.Unit == "dB" ? "0.0" : "0.000";
            foreach (var row in found)
            {
                table.AddRow(
                [
                    new Text(row.Scheme),
                    .. row.Values.Select(value => new Text(value.Quality is { } quality ? Plain(quality, format) : ResultText.Undefined)),
                    new Text(row.Finest is { } finest ? $"{Plain(finest.Quality, format)} at {Plain(finest.Bits, "0")} b" : ResultText.Undefined),
                ]);
            }
            output.WriteLine($"{found.Key.Experiment}: {found.Key.Group}; {Titled(found.Key.Quality)} at equal mean bits");
            console.Write(table);
        }
    }

    /// <summary>A row for programs.</summary>
    /// <param name="row">The comparison.</param>
    /// <returns>One object; null where there is no number.</returns>
    public static JsonObject Describe(CurveComparison row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var text = Identity(row.Experiment, row.Group, row.Quality);
        text["reference"] = row.Reference;
        text["scheme"] = row.Scheme;
        text["points"] = row.Points;
        text["bd_rate_percent"] = row.Delta.RatePercent?.Value;
        text["quality_low"] = row.Delta.RatePercent?.Low;
        text["quality_high"] = row.Delta.RatePercent?.High;
        text["bd_quality"] = row.Delta.Quality?.Value;
        text["bits_low"] = row.Delta.Quality?.Low;
        text["bits_high"] = row.Delta.Quality?.High;
        text["note"] = row.Note;
        return text;
    }

    /// <summary>A curve at equal bits for programs.</summary>
    /// <param name="row">The curve.</param>
    /// <returns>An object for each number of bits; null where the curve does not reach.</returns>
    public static IEnumerable<JsonObject> Describe(EqualBits row)
    {
        ArgumentNullException.ThrowIfNull(row);
        foreach (var (bits, quality) in row.Values)
        {
            var text = Identity(row.Experiment, row.Group, row.Quality);
            text["scheme"] = row.Scheme;
            text["bits"] = bits;
            text["value"] = quality;
            yield return text;
        }
    }

    private static JsonObject Identity(string experiment, FigureGroup group, ComparedQuality quality) => new()
    {
        ["experiment"] = experiment,
        ["scenario"] = group.Scenario,
        ["users"] = group.Users,
        ["precoder"] = group.Precoder,
        ["snr_db"] = group.SnrDecibels,
        ["estimator"] = group.Estimator,
        ["quality"] = quality.Name,
    };

    private static IAnsiConsole ConsoleOn(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = Width;
        return console;
    }

    private static string Titled(ComparedQuality quality) => quality.Unit.Length > 0 ? $"{quality.Name} [{quality.Unit}]" : quality.Name;

    private static Table Bordered(bool markdown) => new() { Border = markdown ? TableBorder.Markdown : TableBorder.Simple };

    private static void AddColumn(Table table, string header, Justify side) =>
        table.AddColumn(new TableColumn(new Text(header)) { Alignment = side, NoWrap = header != "note" });

    private static Table Create(List<CurveComparison> rows, bool markdown)
    {
        var shown = Columns.Where(column => column.Header != "note" || rows.Exists(row => row.Note.Length > 0)).ToList();
        var table = Bordered(markdown);
        foreach (var (header, side, _) in shown)
        {
            AddColumn(table, header, side);
        }
        rows.ForEach(row => table.AddRow(shown.Select(column => new Text(column.Text(row)))));
        return table;
    }

    private static string Signed(MeanDifference? difference, string format) =>
        difference is { } found ? Plain(found.Value, format) : ResultText.Undefined;

    private static string Range(MeanDifference? difference, string format) =>
        difference is { } found ? $"{Plain(found.Low, format)} to {Plain(found.High, format)}" : ResultText.Undefined;

    private static string Plain(double value, string format) => ResultText.Number(value, format);
}
