namespace Feedback.Neural.Training;

/// <summary>With which weights training starts.</summary>
public enum StartingWeights
{
    /// <summary>Glorot-uniform.</summary>
    Random,

    /// <summary>Dense layers from the principal components of training drops, refinement blocks that change nothing.</summary>
    PrincipalComponents,
}
