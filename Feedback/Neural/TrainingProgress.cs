namespace Feedback.Neural;

/// <summary>How far training is.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps to be done.</param>
/// <param name="Loss">Mean loss since the last report; NaN at the start.</param>
/// <param name="ValidationNmse">Mean of ‖G - Ĝ‖²/‖G‖² over the validation drops, linear; NaN where only the expected time is new.</param>
/// <param name="BestNmse">The lowest of these so far.</param>
/// <param name="StepsPerSecond">Speed of this run.</param>
/// <param name="SecondsLeft">Expected time to the end [s].</param>
public sealed record TrainingProgress(
    int Step, int Steps, double Loss, double ValidationNmse, double BestNmse, double StepsPerSecond, double SecondsLeft);
