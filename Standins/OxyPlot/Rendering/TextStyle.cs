namespace OxyPlot;

/// <summary>The font of a text.</summary>
internal readonly record struct TextStyle(string Font, double Size, double Weight, OxyColor Color);
