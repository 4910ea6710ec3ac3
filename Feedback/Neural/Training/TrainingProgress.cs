namespace Feedback.Neural.Training;

/// <summary>How far training is.</summary>
/// <param name="Point">The last validation; its step is that of the first estimate where only the expected time is new.</param>
/// <param name="Steps">Steps to be done.</param>
/// <param name="Best">The best validation so far.</param>
/// <param name="StepsPerSecond">Speed of this run.</param>
/// <param name="SecondsLeft">Expected time to the end [s].</param>
/// <param name="IsEstimate">Whether only the expected time is new.</param>
public sealed record TrainingProgress(
    TrainingPoint Point, int Steps, TrainingPoint Best, double StepsPerSecond, double SecondsLeft, bool IsEstimate);
