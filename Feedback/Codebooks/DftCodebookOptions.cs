namespace Feedback.Codebooks;

/// <summary>Options of <see cref="DftCodebook"/>.</summary>
public sealed record DftCodebookOptions
{
    /// <summary>O, beams per element along each array axis of more than one element, 1 … 64.</summary>
    public int Oversampling { get; init; } = 4;

    /// <summary>Equal parts of the band, each with a beam of its own; divides S.</summary>
    public int Subbands { get; init; } = 1;
}
