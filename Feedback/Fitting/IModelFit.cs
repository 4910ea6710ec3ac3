using Simulator;

namespace Feedback.Fitting;

/// <summary>Learns the tables of one scheme from drops.</summary>
public interface IModelFit
{
    /// <summary>Learns.</summary>
    /// <param name="frame">The tables of the frame, to which the scheme's own are added.</param>
    /// <param name="drops">What to learn from.</param>
    /// <returns>All tables.</returns>
    FittedTables Fit(FittedTables frame, FitDrops drops);

    /// <summary>Builds the scheme.</summary>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <param name="options">Its rate.</param>
    /// <param name="tables">What <see cref="Fit"/> gave.</param>
    /// <returns>The scheme.</returns>
    /// <exception cref="Models.InvalidModelException">The tables are for another scheme or other dimensions.</exception>
    IModelledScheme Scheme(CsiDimensions dimensions, FittedOptions options, FittedTables tables);
}
