using System.Text;
using System.Xml;
using System.Xml.Linq;
using OxyPlot;

namespace Experiments.Reporting;

/// <summary>Turns a plot into an SVG element that fits into a page beside others.</summary>
internal static class FigureSvg
{
    /// <summary>Width of a figure in its own units.</summary>
    public const double Width = 760;

    /// <summary>Height of a figure in its own units.</summary>
    public const double Height = 430;

    /// <summary>Draws a plot.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="name">What the element's identifiers begin with.</param>
    /// <param name="label">What a reader who cannot see it is told.</param>
    /// <returns>The element; it scales.</returns>
    public static XElement Draw(PlotModel plot, string name, string label)
    {
        using var stream = new MemoryStream();
        new SvgExporter { Width = Width, Height = Height, IsDocument = false, UseVerticalTextAlignmentWorkaround = true }.Export(plot, stream);
        stream.Position = 0;
        var svg = XElement.Load(stream);
        svg.SetAttributeValue("viewBox", FormattableString.Invariant($"0 0 {Width} {Height}"));
        svg.SetAttributeValue("role", "img");
        svg.SetAttributeValue("aria-label", label);
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

    /// <summary>Writes an element as a file.</summary>
    /// <param name="svg">The element.</param>
    /// <param name="destination">Where it goes.</param>
    public static void Write(XElement svg, Stream destination)
    {
        using var writer = XmlWriter.Create(destination, new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Indent = true,
            NewLineChars = "\n",
            OmitXmlDeclaration = true,
        });
        svg.WriteTo(writer);
    }
}
