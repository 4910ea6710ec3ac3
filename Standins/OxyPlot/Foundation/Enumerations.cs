namespace OxyPlot;

/// <summary>How a line is dashed.</summary>
public enum LineStyle { Solid, Dash, Dot, DashDot, DashDashDot, DashDotDot, DashDashDotDot, LongDash, LongDashDot, LongDashDotDot, None, Automatic }

/// <summary>How two pieces of a line meet.</summary>
public enum LineJoin { Miter, Round, Bevel }

/// <summary>The shape at a data point.</summary>
public enum MarkerType { None, Circle, Square, Diamond, Triangle, Cross, Plus, Star, Custom }

/// <summary>Which edge of a text stands at its position.</summary>
public enum HorizontalAlignment { Left = -1, Center = 0, Right = 1 }

/// <summary>Which edge of a text stands at its position.</summary>
public enum VerticalAlignment { Top = -1, Middle = 0, Bottom = 1 }

/// <summary>Weights of fonts as CSS counts them.</summary>
public static class FontWeights
{
    public const double Bold = 700;
    public const double Normal = 400;
}
