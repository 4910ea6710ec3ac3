using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Experiments.Reporting;

/// <summary>Writes <c>report.html</c>: figures, table, definitions and how to repeat it, on one page that needs no other file.</summary>
public sealed class HtmlExporter : IExporter
{
    private static readonly (string Header, bool IsNumber, Func<PointResult, string> Text)[] Columns =
    [
        ("scheme", false, point => point.Scheme),
        ("setting", false, point => point.Setting),
        ("drops", true, point => ResultText.Number(point.Drops, "0")),
        ("bits", true, ResultText.Bits),
        ("NMSE [dB]", true, point => ResultText.Decibels(point.NmseDecibels)),
        ("NMSE, crop [dB]", true, point => ResultText.Decibels(point.NmseCropDecibels)),
        ("ρ", true, point => ResultText.Fraction(point.Rho)),
        ("SGCS", true, point => ResultText.Fraction(point.Sgcs)),
        ("SE [bit/s/Hz]", true, point => ResultText.Rate(point.SpectralEfficiency)),
        ("perfect CSI", true, point => ResultText.Rate(point.PerfectSpectralEfficiency)),
        ("net SE", true, point => ResultText.Rate(point.NetSpectralEfficiency)),
        ("5 % of users", true, point => ResultText.Rate(point.UserQuantile)),
        ("error", false, point => point.Error),
    ];

    /// <inheritdoc/>
    public string FileExtension => "html";

    /// <inheritdoc/>
    public void Export(ExperimentReport report, Stream destination)
    {
        ArgumentNullException.ThrowIfNull(report);
        var page = new XElement(
            "html",
            new XAttribute("lang", "en"),
            new XElement(
                "head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement("title", report.Name),
                new XElement("style", HtmlStyle.Sheet)),
            new XElement(
                "body",
                new XElement("h1", report.Name),
                Sections(report),
                Definitions(report),
                report.Manifest is null ? null : Reproduction(report.Manifest)));
        using var writer = new StreamWriter(destination, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.Write("<!DOCTYPE html>\n");
        using var xml = XmlWriter.Create(writer, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, NewLineChars = "\n", CloseOutput = false });
        page.WriteTo(xml);
        xml.Flush();
        writer.Write('\n');
    }

    private static IEnumerable<XElement> Sections(ExperimentReport report)
    {
        var figures = FigureExporter.For(report);
        foreach (var group in FigureGroup.All(report))
        {
            yield return new XElement(
                "section",
                new XElement("h2", group.ToString()),
                Figures([.. figures.Where(figure => figure.Group == group)], report),
                Table([.. report.Points.Where(point => FigureGroup.Of(point) == group)]));
        }
    }

    private static XElement? Figures(IReadOnlyList<FigureExporter> figures, ExperimentReport report) =>
        figures.Count == 0 ? null : new XElement("div", new XAttribute("class", "figures"), figures.Select(figure => Figure(figure, report)));

    private static XElement Figure(FigureExporter figure, ExperimentReport report)
    {
        var hasIntervals = report.Points.Any(point => FigureGroup.Of(point) == figure.Group && figure.Quantity.Value(point).HasInterval);
        var shaded = hasIntervals ? "; shaded: 95 % confidence interval of the mean" : "";
        var lines = report.ReferenceLines.Where(line => figure.Quantity.HasReferenceLines && line.Scenario == figure.Group.Scenario)
            .Select(line => $" {line.Legend}: {line.Description}.");
        return new XElement(
            "figure",
            InHtml(figure.Draw(report)),
            new XElement("figcaption", $"{figure.Quantity.AxisTitle(figure.Group.Users)} against feedback bits{shaded}. File {figure.Name}.svg.{string.Concat(lines)}"));
    }

    /// <summary>HTML knows SVG by its tags and wants no namespaces.</summary>
    private static XElement InHtml(XElement element) => new(
        element.Name.LocalName,
        element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration && attribute.Name.Namespace == XNamespace.None),
        element.Nodes().Select(node => node is XElement child ? InHtml(child) : node));

    private static XElement Table(IReadOnlyList<PointResult> points)
    {
        var shown = Columns.Where(column => points.Any(point => column.Text(point) is not ("" or ResultText.Undefined))).ToList();
        return new XElement(
            "div",
            new XAttribute("class", "table"),
            new XElement(
                "table",
                new XElement("thead", new XElement("tr", shown.Select(column => Cell("th", column.IsNumber, column.Header)))),
                new XElement("tbody", points.Select(point => new XElement("tr", shown.Select(column => Cell("td", column.IsNumber, column.Text(point))))))));
    }

    private static XElement Cell(string tag, bool isNumber, string text) => new(tag, isNumber ? new XAttribute("class", "number") : null, text);

    private static XElement Definitions(ExperimentReport report) => new(
        "section",
        new XElement("h2", "Definitions"),
        new XElement("dl", report.Definitions.Select(definition => new[]
        {
            new XElement("dt", definition.Term, definition.Columns.Length == 0 ? null : new XElement("code", definition.Columns)),
            new XElement("dd", definition.Text),
        })));

    private static XElement Reproduction(Manifest manifest) => new(
        "section",
        new XElement("h2", "How to repeat it"),
        new XElement("p", "The same input, version and seeds give the same results.csv byte for byte on one machine and one build of libtorch, whatever the number of workers."),
        new XElement("pre", $"./sim run {manifest.InputFile} --only {manifest.Experiment}"),
        new XElement(
            "table",
            Row("version", manifest.Version),
            Row("git commit", manifest.GitCommit),
            Row("seeds", string.Join(", ", manifest.Seeds.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => FormattableString.Invariant($"{pair.Key}: {pair.Value}")))),
            Row("SHA-256 of the input", manifest.InputSha256),
            Row("machine", manifest.Machine),
            Row("libtorch", manifest.Libtorch),
            Row("device", manifest.Device)),
        new XElement("details", new XElement("summary", "Input as resolved"), new XElement("pre", manifest.ResolvedInput)));

    private static XElement Row(string name, string value) => new("tr", new XElement("th", name), new XElement("td", value.Length == 0 ? ResultText.Undefined : value));
}
