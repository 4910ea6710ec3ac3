namespace Feedback.Neural;

/// <summary>What a finished training leaves besides the weights.</summary>
/// <param name="BestStep">Step whose weights were kept.</param>
/// <param name="BestNmse">Their mean error on the validation drops, linear.</param>
/// <param name="Seconds">Seconds of training, all runs together.</param>
/// <param name="Curve">Step, mean loss and validation error at every validation.</param>
public sealed record TrainingResult(int BestStep, double BestNmse, double Seconds, IReadOnlyList<(int Step, double Loss, double Nmse)> Curve);
