namespace Experiments.Reporting;

/// <summary>What theory says of a scenario's channels, to be drawn beside schemes: no scheme, and its bits are not delivered ones.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Name">The line's name, e.g. <c>gaussian</c>.</param>
/// <param name="Legend">What the legend of a figure says.</param>
/// <param name="Description">What the line is, and what it is not.</param>
/// <param name="Drops">Number of channels behind it.</param>
/// <param name="Points">Bits and cropped NMSE [dB], bits rising.</param>
public sealed record ReferenceLine(string Scenario, string Name, string Legend, string Description, int Drops, IReadOnlyList<(double Bits, double NmseCropDecibels)> Points);
