namespace OxyPlot.Legends;

/// <summary>Whether a legend covers part of the plot or stands beside it.</summary>
public enum LegendPlacement { Inside, Outside }

/// <summary>The side and, on it, the end at which a legend stands.</summary>
public enum LegendPosition
{
    TopLeft, TopCenter, TopRight, BottomLeft, BottomCenter, BottomRight, LeftTop, LeftMiddle, LeftBottom, RightTop, RightMiddle, RightBottom,
}

/// <summary>Whether the entries of a legend follow one another in rows or in columns.</summary>
public enum LegendOrientation { Horizontal, Vertical }
