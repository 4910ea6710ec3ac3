using Feedback.Quantization;

namespace Feedback;

/// <summary>Options of <see cref="UncompressedFeedback"/>.</summary>
public sealed record UncompressedOptions
{
    /// <summary>The format of a real or imaginary part.</summary>
    public FloatPrecision Precision { get; init; } = FloatPrecision.Single;
}
