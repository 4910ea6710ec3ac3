namespace Feedback.Transform;

/// <summary>The options of <see cref="TransformFeedback"/>.</summary>
public sealed record TransformOptions
{
    /// <summary>Name of the model file, without folder and extension.</summary>
    public string Model { get; init; } = "transform-indoor";

    /// <summary>Number i of the quantiser step, 0 … 15: 32 · 2^(-i/2) times the root mean square of the crop's real values.</summary>
    public int Step { get; init; } = 8;
}
