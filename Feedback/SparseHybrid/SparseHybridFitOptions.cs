namespace Feedback.SparseHybrid;

/// <summary>Options of <see cref="SparseHybridFit"/>.</summary>
public sealed record SparseHybridFitOptions
{
    /// <summary>How often the networks see each drop, at least 1.</summary>
    public int Passes { get; init; } = 12;

    /// <summary>Whether reports may end with what paths leave of the crop, coded by context: for channels that are not all paths.</summary>
    public bool Residual { get; init; }
}
