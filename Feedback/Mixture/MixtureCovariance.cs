namespace Feedback.Mixture;

/// <summary>Forms of a state's covariance.</summary>
public enum MixtureCovariance
{
    /// <summary>Diagonal in delay and angle.</summary>
    Dft,

    /// <summary>Diagonal in a Kronecker product of an eigenbasis of delays and one of angles, with a variance for each pair [Weichselberger2006].</summary>
    Kronecker,

    /// <summary>Of low rank and a scaled unit matrix: probabilistic principal components [Tipping1999].</summary>
    LowRank,
}
