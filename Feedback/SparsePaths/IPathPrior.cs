using Feedback.Coding;

namespace Feedback.SparsePaths;

/// <summary>What is expected of the next path of a report from those before it.</summary>
internal interface IPathPrior : IMixtureWeights
{
    /// <summary>Passes the magnitude of a path.</summary>
    /// <param name="port">Where to or from.</param>
    /// <param name="earlier">The paths passed before.</param>
    /// <param name="bucket">The magnitude; 0: no path follows.</param>
    /// <returns>The magnitude.</returns>
    int PassBucket(SymbolPort port, IReadOnlyList<CodedPath> earlier, int bucket);

    /// <summary>Passes the phase of a component.</summary>
    /// <param name="port">Where to or from.</param>
    /// <param name="earlier">The paths passed before.</param>
    /// <param name="path">The path, of which place, rings and the phases of components before this one are known.</param>
    /// <param name="component">Which component; its ring is not 0.</param>
    /// <param name="phase">The phase.</param>
    /// <returns>The phase.</returns>
    int PassPhase(SymbolPort port, IReadOnlyList<CodedPath> earlier, CodedPath path, int component, int phase);
}
