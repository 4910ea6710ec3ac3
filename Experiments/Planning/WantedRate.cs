namespace Experiments.Planning;

/// <summary>What the reserved key <c>rate</c> asks for.</summary>
/// <param name="IsMean">Whether it is the mean of all reports, and not a hard limit of each.</param>
/// <param name="Bits">The number of bits; whole for a hard limit.</param>
internal sealed record WantedRate(bool IsMean, double Bits)
{
    /// <summary>The key that says so.</summary>
    public string Key => IsMean ? "mean" : "budget";
}
