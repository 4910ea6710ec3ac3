namespace Feedback.Neural;

/// <summary>How weights are stored in a model file.</summary>
public enum WeightPrecision
{
    /// <summary>32 bits a weight.</summary>
    Full,

    /// <summary>16 bits a weight of kernels and dense layers.</summary>
    Half,
}
