using Simulator;

namespace Feedback;

/// <summary>Options of a scheme of variable length that can be set to a mean number of bits a report.</summary>
/// <typeparam name="TOptions">The options themselves.</typeparam>
public interface IRateMean<TOptions>
{
    /// <summary>The setting of the scheme's own rate knob at which its reports take a mean number of bits on the channels it was made for.</summary>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <param name="bits">The mean [bit].</param>
    /// <returns>These options with the knob set.</returns>
    /// <exception cref="ArgumentException">No setting takes that many bits; the message names the permitted range.</exception>
    TOptions WithMean(CsiDimensions dimensions, double bits);
}
