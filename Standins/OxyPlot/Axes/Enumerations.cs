namespace OxyPlot.Axes;

/// <summary>The side of the plot where an axis stands.</summary>
public enum AxisPosition { None, Left, Right, Top, Bottom, All }

/// <summary>Where tick marks lie relative to the axis line.</summary>
public enum TickStyle { Crossing, Inside, Outside, None }
