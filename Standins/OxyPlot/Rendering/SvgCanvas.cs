using System.Globalization;
using System.Text;
using System.Xml;

namespace OxyPlot.Rendering;

/// <summary>Draws shapes and text as elements of an SVG document; the stream stays open.</summary>
internal sealed class SvgCanvas : IDisposable
{
    private const string Namespace = "http://www.w3.org/2000/svg";

    private readonly XmlWriter writer;
    private int clips;

    public SvgCanvas(Stream stream, double width, double height, bool isDocument)
    {
        writer = XmlWriter.Create(stream, new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Indent = true,
            NewLineChars = "\n",
            OmitXmlDeclaration = !isDocument,
        });
        writer.WriteStartElement("svg", Namespace);
        Write("width", width);
        Write("height", height);
        writer.WriteAttributeString("version", "1.1");
    }

    public void Dispose()
    {
        writer.WriteEndElement();
        writer.Dispose();
    }

    public void BeginClip(Box box)
    {
        var name = FormattableString.Invariant($"clipPath{++clips}");
        writer.WriteStartElement("defs");
        writer.WriteStartElement("clipPath");
        writer.WriteAttributeString("id", name);
        Rectangle(box, OxyColors.Black, new(OxyColors.Undefined, 0));
        writer.WriteEndElement();
        writer.WriteEndElement();
        writer.WriteStartElement("g");
        writer.WriteAttributeString("clip-path", $"url(#{name})");
    }

    public void EndClip() => writer.WriteEndElement();

    public void Line(IReadOnlyList<Pixel> points, Stroke stroke)
    {
        if (points.Count < 2 || stroke.Width <= 0 || stroke.Color.IsInvisible())
        {
            return;
        }

        Shape("polyline", OxyColors.Undefined, stroke, ("points", Join(points)));
    }

    public void Polygon(IReadOnlyList<Pixel> points, OxyColor fill, Stroke stroke) => Shape("polygon", fill, stroke, ("points", Join(points)));

    public void Circle(Pixel center, double radius, OxyColor fill, Stroke stroke) =>
        Shape("ellipse", fill, stroke, ("cx", Number(center.X)), ("cy", Number(center.Y)), ("rx", Number(radius)), ("ry", Number(radius)));

    public void Rectangle(Box box, OxyColor fill, Stroke stroke)
    {
        if (fill.IsVisible() || (stroke.Color.IsVisible() && stroke.Width > 0))
        {
            Shape("rect", fill, stroke, ("x", Number(box.Left)), ("y", Number(box.Top)), ("width", Number(box.Width)), ("height", Number(box.Height)));
        }
    }

    public void Text(string text, Pixel at, TextStyle style, HorizontalAlignment across, VerticalAlignment up, double angle = 0)
    {
        // Renderers disagree about dominant-baseline, so the shift to the baseline is worked out here.
        var shift = style.Size * (up == VerticalAlignment.Top ? 0.84 : up == VerticalAlignment.Middle ? 0.36 : 0);
        var radians = angle * Math.PI / 180;
        var rotation = angle == 0 ? "" : $" rotate({Number(angle)})";
        writer.WriteStartElement("text");
        writer.WriteAttributeString("text-anchor", across == HorizontalAlignment.Center ? "middle" : across == HorizontalAlignment.Right ? "end" : "start");
        writer.WriteAttributeString("transform", $"translate({Number(at.X - Math.Sin(radians) * shift)},{Number(at.Y + Math.Cos(radians) * shift)}){rotation}");
        writer.WriteAttributeString("font-family", style.Font);
        Write("font-size", style.Size);
        Write("font-weight", style.Weight);
        writer.WriteAttributeString("fill", Color(style.Color));
        writer.WriteString(text);
        writer.WriteEndElement();
    }

    private void Shape(string name, OxyColor fill, Stroke stroke, params (string Name, string Value)[] attributes)
    {
        writer.WriteStartElement(name);
        foreach (var (attribute, value) in attributes)
        {
            writer.WriteAttributeString(attribute, value);
        }

        writer.WriteAttributeString("style", Style(fill, stroke));
        if (stroke.Sharp)
        {
            writer.WriteAttributeString("shape-rendering", "crispEdges");
        }

        writer.WriteEndElement();
    }

    private static string Style(OxyColor fill, Stroke stroke)
    {
        var style = new StringBuilder("fill:" + Color(fill));
        if (fill.A is > 0 and < 255)
        {
            style.Append(";fill-opacity:" + Number(fill.A / 255.0));
        }

        style.Append(";stroke:" + (stroke.Width > 0 ? Color(stroke.Color) : "none"));
        if (stroke.Color.IsInvisible() || stroke.Width <= 0)
        {
            return style.ToString();
        }

        style.Append(";stroke-width:" + Number(stroke.Width));
        if (stroke.Join != LineJoin.Miter)
        {
            style.Append(stroke.Join == LineJoin.Round ? ";stroke-linejoin:round" : ";stroke-linejoin:bevel");
        }

        if (stroke.Color.A < 255)
        {
            style.Append(";stroke-opacity:" + Number(stroke.Color.A / 255.0));
        }

        if (stroke.Dashes is { Length: > 0 } dashes)
        {
            style.Append(";stroke-dasharray:" + string.Join(',', dashes.Select(Number)));
        }

        return style.ToString();
    }

    private static string Color(OxyColor color) => color.IsInvisible() ? "none" : FormattableString.Invariant($"rgb({color.R},{color.G},{color.B})");

    private static string Join(IEnumerable<Pixel> points) => string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}"));

    private static string Number(double value) => (Math.Abs(value) < 5e-5 ? 0 : value).ToString("0.####", CultureInfo.InvariantCulture);

    private void Write(string name, double value) => writer.WriteAttributeString(name, Number(value));
}
