namespace Feedback.Neural.Training;

/// <summary>What training minimises.</summary>
public enum TrainingLoss
{
    /// <summary>The mean over drops of ‖G - Ĝ‖²/‖G‖².</summary>
    Nmse,

    /// <summary>The mean of |G - Ĝ|² over all entries.</summary>
    Mse,
}
