namespace Feedback.SparseHybrid;

/// <summary>Options of <see cref="SparseHybridFit"/>.</summary>
public sealed record SparseHybridFitOptions
{
    /// <summary>How often the networks see each drop, at least 1.</summary>
    public int Passes { get; init; } = 12;
}
