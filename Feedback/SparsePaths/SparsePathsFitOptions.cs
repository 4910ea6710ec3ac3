namespace Feedback.SparsePaths;

/// <summary>Options of <see cref="SparsePathsFit"/>.</summary>
public sealed record SparsePathsFitOptions
{
    /// <summary>Whether reports may end with what paths leave of the crop, coded by context: for channels that are not all paths.</summary>
    public bool Residual { get; init; }
}
