using Simulator;

namespace Feedback.Fitting;

/// <summary>A scheme whose messages are coded under a model of probabilities, which therefore knows what they ideally take.</summary>
public interface IModelledScheme : IFeedbackScheme
{
    /// <summary>Number of whole steps of the rate knob.</summary>
    int Steps { get; }

    /// <summary>Encodes, and counts what each message ideally takes under the model.</summary>
    /// <param name="measurement">What <see cref="IFeedbackScheme.Encode"/> would be given.</param>
    /// <returns>The same messages; without a budget each is less than 2 bits longer than its ideal length.</returns>
    IReadOnlyList<CountedMessage> EncodeCounted(Measurement measurement);
}
