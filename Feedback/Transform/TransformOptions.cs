namespace Feedback.Transform;

/// <summary>The options of <see cref="TransformFeedback"/>.</summary>
public sealed record TransformOptions
{
    /// <summary>The model: its name in an input file, e.g. <c>transform-indoor</c>; the path of its tables once that is read.</summary>
    public string Model { get; init; } = "";

    /// <summary>Number i of the quantiser step, 0 … 15: 32 · 2^(-i/2) times the root mean square of the crop's real values.</summary>
    public int Step { get; init; } = 8;
}
