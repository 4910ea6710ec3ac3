using OxyPlot.Axes;
using OxyPlot.Rendering;

namespace OxyPlot.Annotations;

/// <summary>Between which parts of a plot an annotation is drawn.</summary>
public enum AnnotationLayer { BelowAxes, BelowSeries, AboveSeries }

/// <summary>The kinds of straight lines.</summary>
public enum LineAnnotationType { Horizontal, Vertical, LinearEquation }

/// <summary>Something drawn in a plot that is no data and does not widen its axes.</summary>
public abstract class Annotation : PlotElement
{
    public AnnotationLayer Layer { get; set; } = AnnotationLayer.AboveSeries;

    internal abstract void Paint(SvgCanvas canvas, PlotModel plot, Axis x, Axis y, Box area);
}

/// <summary>An annotation with text.</summary>
public abstract class TextualAnnotation : Annotation
{
    public string? Text { get; set; }
    public DataPoint TextPosition { get; set; } = DataPoint.Undefined;
    public double TextRotation { get; set; }
    public HorizontalAlignment TextHorizontalAlignment { get; set; } = HorizontalAlignment.Center;
    public VerticalAlignment TextVerticalAlignment { get; set; } = VerticalAlignment.Middle;
}
