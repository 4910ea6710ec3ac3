using Simulator;

namespace Feedback.Fitting;

/// <summary>A scheme whose messages are coded under a model of probabilities, which therefore knows what they ideally take.</summary>
public interface IModelledScheme : IFeedbackScheme
{
    /// <summary>Number of whole steps of the rate knob.</summary>
    int Steps { get; }

    /// <summary>The ideal length of each report's message under the model, -Σ log2 p [bit].</summary>
    /// <param name="measurement">What <see cref="IFeedbackScheme.Encode"/> would be given.</param>
    /// <returns>One number a report; without a budget the message is less than 2 bits longer.</returns>
    IReadOnlyList<double> EstimateBits(Measurement measurement);
}
