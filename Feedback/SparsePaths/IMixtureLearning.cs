namespace Feedback.SparsePaths;

/// <summary>Weights of a mixture that are learned while <see cref="PositionFit"/> goes through reports.</summary>
internal interface IMixtureLearning : IMixtureWeights
{
    /// <summary>Learns from a path for which terms were weighed last.</summary>
    /// <param name="posterior">Share of each term in where the path was found.</param>
    void Learn(ReadOnlySpan<double> posterior);

    /// <summary>Ends a pass through all reports.</summary>
    void Conclude();
}
