namespace Feedback.Mixture;

/// <summary>Options of <see cref="MixtureFit"/>.</summary>
public sealed record MixtureFitOptions
{
    /// <summary>S, number of states, 1 … 256; 0: as many of 2, 4, 8, 16 and 32 as give other drops the highest likelihood.</summary>
    public int States { get; init; }

    /// <summary>Form of each state's covariance.</summary>
    public MixtureCovariance Covariance { get; init; } = MixtureCovariance.Dft;

    /// <summary>K, rank of covariances of low rank, at most half of D·A; 0: 16 for them. Not permitted for others.</summary>
    public int Rank { get; init; }
}
