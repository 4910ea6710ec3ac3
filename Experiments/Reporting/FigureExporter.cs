using System.Text;
using System.Xml;
using System.Xml.Linq;
using OxyPlot;

namespace Experiments.Reporting;

/// <summary>Writes one figure: a quantity against feedback bits, a line a scheme, for the points of one group.</summary>
/// <param name="quantity">What is drawn against bits.</param>
/// <param name="group">Which points are drawn.</param>
/// <param name="name">The file's name without extension.</param>
public sealed class FigureExporter(FigureQuantity quantity, FigureGroup group, string name) : IExporter
{
    private const double Width = 760;
    private const double Height = 430;

    /// <inheritdoc/>
    public string FileExtension => "svg";

    /// <summary>The file's name without extension, e.g. <c>se-vs-bits</c>.</summary>
    public string Name => name;

    /// <summary>Which points are drawn.</summary>
    public FigureGroup Group => group;

    /// <summary>What is drawn against bits.</summary>
    public FigureQuantity Quantity => quantity;

    /// <summary>The figures of a report: those in which there is something to see.</summary>
    /// <param name="report">The report.</param>
    /// <returns>An exporter a figure, group by group.</returns>
    public static IReadOnlyList<FigureExporter> For(ExperimentReport report)
    {
        var groups = FigureGroup.All(report);
        return
        [
            .. from figureGroup in groups
               from drawn in FigureQuantity.All
               where report.Points.Any(point => FigureGroup.Of(point) == figureGroup && drawn.Shows(point))
               select new FigureExporter(drawn, figureGroup, $"{drawn.Name}-vs-bits{figureGroup.Suffix(groups)}"),
        ];
    }

    /// <inheritdoc/>
    public void Export(ExperimentReport report, Stream destination)
    {
        using var writer = XmlWriter.Create(destination, new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Indent = true,
            NewLineChars = "\n",
            OmitXmlDeclaration = true,
        });
        Draw(report).WriteTo(writer);
    }

    /// <summary>Draws the figure as an element that fits into a page beside others.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The SVG element; it scales, and its identifiers begin with the figure's name.</returns>
    public XElement Draw(ExperimentReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var stream = new MemoryStream();
        var plot = new FigureDrawing(quantity, group).Draw(report);
        new SvgExporter { Width = Width, Height = Height, IsDocument = false, UseVerticalTextAlignmentWorkaround = true }.Export(plot, stream);
        stream.Position = 0;
        var svg = XElement.Load(stream);
        svg.SetAttributeValue("viewBox", FormattableString.Invariant($"0 0 {Width} {Height}"));
        svg.SetAttributeValue("role", "img");
        svg.SetAttributeValue("aria-label", $"{quantity.AxisTitle(group.Users)} against feedback bits: {group}");
        foreach (var attribute in svg.Descendants().Attributes())
        {
            attribute.Value = attribute.Name.LocalName switch
            {
                "id" => $"{name}-{attribute.Value}",
                // Without a list, a machine that lacks the font shows one with serifs.
                "font-family" => $"{attribute.Value}, Helvetica, sans-serif",
                _ => attribute.Value.Replace("url(#", $"url(#{name}-", StringComparison.Ordinal),
            };
        }
        return svg;
    }
}
