namespace Feedback.Neural.Codewords;

/// <summary>The options of <see cref="CodewordFeedback"/>.</summary>
public sealed record CodewordOptions
{
    /// <summary>The model: its name in an input file, e.g. <c>csinet-indoor-4</c>; the path of its weights once that is read.</summary>
    public string Model { get; init; } = "";

    /// <summary>Mean number of bits per codeword value, 2 … 8.</summary>
    public int Bits { get; init; } = 4;
}
