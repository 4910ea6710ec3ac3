using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Experiments.Reporting;

/// <summary>The results of an experiment as tables for the terminal; spectral efficiencies in bit/s/Hz.</summary>
public static class ResultTable
{
    private static readonly (string Header, Justify Side, Func<PointResult, string> Text)[] Columns =
    [
        ("scheme", Justify.Left, point => point.Scheme),
        ("setting", Justify.Left, point => point.Setting),
        ("drops", Justify.Right, point => point.Drops.ToString(CultureInfo.InvariantCulture)),
        ("bits", Justify.Right, ResultText.Bits),
        ("NMSE [dB]", Justify.Right, point => ResultText.Decibels(point.NmseDecibels)),
        ("cropped", Justify.Right, point => ResultText.Decibels(point.NmseCropDecibels)),
        ("ρ", Justify.Right, point => ResultText.Fraction(point.Rho)),
        ("SE", Justify.Right, point => ResultText.Rate(point.SpectralEfficiency)),
        ("perfect", Justify.Right, point => ResultText.Rate(point.PerfectSpectralEfficiency)),
        ("net", Justify.Right, point => ResultText.Rate(point.NetSpectralEfficiency)),
        ("error", Justify.Left, point => point.Error),
    ];

    /// <summary>Lays the points out, a table a group and a row a point; columns in which nothing stands are left out.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The tables, to be written to a console.</returns>
    public static IRenderable Create(ExperimentReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new Rows(FigureGroup.All(report).Select(group => Create(group, [.. report.Points.Where(point => FigureGroup.Of(point) == group)])));
    }

    private static Table Create(FigureGroup group, List<PointResult> points)
    {
        var shown = Columns.Where(column => points.Exists(point => column.Text(point) is not ("" or ResultText.Undefined))).ToList();
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle(Markup.Escape(group.ToString())) };
        foreach (var (header, side, _) in shown)
        {
            table.AddColumn(new TableColumn(new Text(header)) { Alignment = side, NoWrap = header != "error" });
        }
        foreach (var point in points)
        {
            table.AddRow(shown.Select(column => new Text(column.Text(point))));
        }
        return table;
    }
}
