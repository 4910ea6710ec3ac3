using System.Xml.Linq;

namespace Experiments.Reporting;

/// <summary>Writes one figure: a quantity against feedback bits, a line a scheme, for the points of one group.</summary>
/// <param name="quantity">What is drawn against bits.</param>
/// <param name="group">Which points are drawn.</param>
/// <param name="name">The file's name without extension.</param>
public sealed class FigureExporter(FigureQuantity quantity, FigureGroup group, string name) : IExporter
{
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
        FigureSvg.Write(Draw(report), destination);
    }

    /// <summary>Draws the figure as an element that fits into a page beside others.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The SVG element; it scales, and its identifiers begin with the figure's name.</returns>
    public XElement Draw(ExperimentReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return FigureSvg.Draw(new FigureDrawing(quantity, group).Draw(report), name, $"{quantity.AxisTitle(group.Users)} against feedback bits: {group}");
    }
}
