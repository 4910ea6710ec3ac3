namespace Feedback.Fitting;

/// <summary>What <see cref="ReportFrame"/> makes of a measurement: crops without scale and delay, and those two apart.</summary>
/// <param name="Values">Real and imaginary parts of all crops relative to their scales, N x 2·D·R·A.</param>
/// <param name="Scales">Number of each report's scale; <see cref="ReportFrame.Silent"/> for a channel of zeros.</param>
/// <param name="Shifts">Number of each report's delay; empty without alignment.</param>
public sealed record FramedReports(float[] Values, int[] Scales, int[] Shifts)
{
    /// <summary>N, number of reports.</summary>
    public int Count => Scales.Length;

    /// <summary>The values of one report.</summary>
    /// <param name="report">Its number, from 0.</param>
    /// <returns>2·D·R·A values.</returns>
    public ReadOnlySpan<float> Crop(int report) => Values.AsSpan(report * (Values.Length / Count), Values.Length / Count);
}
