namespace Feedback.Eigen;

/// <summary>Options of <see cref="EigenFit"/>.</summary>
public sealed record EigenFitOptions
{
    /// <summary>K, at most so many eigenvectors are kept, at least 1; each takes 4·D·A bytes.</summary>
    public int Components { get; init; } = 256;
}
