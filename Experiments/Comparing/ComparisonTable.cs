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
    public static void Print(IReadOnlyList<CurveComparison> rows, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(output);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = Width;
        foreach (var table in rows.GroupBy(row => (row.Experiment, row.Group, row.Quality, row.Reference)))
        {
            var unit = table.Key.Quality.Unit.Length > 0 ? $" [{table.Key.Quality.Unit}]" : "";
            output.WriteLine($"{table.Key.Experiment}: {table.Key.Group}; {table.Key.Quality.Name}{unit} against {table.Key.Reference}");
            console.Write(Create([.. table]));
        }
    }

    /// <summary>A row for programs.</summary>
    /// <param name="row">The comparison.</param>
    /// <returns>One object; null where there is no number.</returns>
    public static JsonObject Describe(CurveComparison row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new JsonObject
        {
            ["experiment"] = row.Experiment,
            ["scenario"] = row.Group.Scenario,
            ["users"] = row.Group.Users,
            ["precoder"] = row.Group.Precoder,
            ["snr_db"] = row.Group.SnrDecibels,
            ["estimator"] = row.Group.Estimator,
            ["quality"] = row.Quality.Name,
            ["reference"] = row.Reference,
            ["scheme"] = row.Scheme,
            ["points"] = row.Points,
            ["bd_rate_percent"] = row.Delta.RatePercent?.Value,
            ["quality_low"] = row.Delta.RatePercent?.Low,
            ["quality_high"] = row.Delta.RatePercent?.High,
            ["bd_quality"] = row.Delta.Quality?.Value,
            ["bits_low"] = row.Delta.Quality?.Low,
            ["bits_high"] = row.Delta.Quality?.High,
            ["note"] = row.Note,
        };
    }

    private static Table Create(List<CurveComparison> rows)
    {
        var shown = Columns.Where(column => column.Header != "note" || rows.Exists(row => row.Note.Length > 0)).ToList();
        var table = new Table { Border = TableBorder.Simple };
        foreach (var (header, side, _) in shown)
        {
            table.AddColumn(new TableColumn(new Text(header)) { Alignment = side, NoWrap = header != "note" });
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
