namespace Feedback.SparsePaths;

/// <summary>How much each term of the mixture counts that says where the next path lies.</summary>
internal interface IMixtureWeights
{
    /// <summary>Weighs the terms.</summary>
    /// <param name="earlier">The paths passed before.</param>
    /// <param name="bucket">Magnitude of the next one.</param>
    /// <param name="weights">Receives probabilities: of each density, then of each kernel about each earlier path.</param>
    void Weigh(IReadOnlyList<CodedPath> earlier, int bucket, Span<double> weights);
}
