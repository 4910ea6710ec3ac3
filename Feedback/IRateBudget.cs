using Simulator;

namespace Feedback;

/// <summary>Options of a scheme that can be fitted into a hard limit of bits a report.</summary>
/// <typeparam name="TOptions">The options themselves.</typeparam>
public interface IRateBudget<TOptions>
{
    /// <summary>The best setting of the scheme's own rate knob whose longest message fits.</summary>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <param name="bits">The budget [bit]; every report is charged all of it.</param>
    /// <returns>These options with the knob set and messages filled up to the budget.</returns>
    /// <exception cref="ArgumentException">Not even the smallest setting fits; the message names the smallest budget that does.</exception>
    TOptions WithinBudget(CsiDimensions dimensions, int bits);
}
