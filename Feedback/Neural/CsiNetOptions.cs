namespace Feedback.Neural;

/// <summary>The options of <see cref="CsiNetFeedback"/>.</summary>
public sealed record CsiNetOptions
{
    /// <summary>Name of the model file, without folder and extension.</summary>
    public string Model { get; init; } = "csinet-indoor-4";

    /// <summary>Mean number of bits per codeword value, 2 … 8.</summary>
    public int Bits { get; init; } = 4;
}
