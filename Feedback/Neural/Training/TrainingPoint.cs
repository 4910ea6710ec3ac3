namespace Feedback.Neural.Training;

/// <summary>A point of the learning curve.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Loss">Mean loss of the training drops since the point before; NaN at the start.</param>
/// <param name="Objective">What is minimised, on the validation drops: distortion + λ·bits; the geometric mean over rates.</param>
/// <param name="Nmse">Mean of ‖G - Ĝ‖²/‖G‖² on the validation drops, linear; the geometric mean over rates.</param>
/// <param name="Bits">Mean estimated bits of a report; the mean over rates.</param>
public readonly record struct TrainingPoint(int Step, double Loss, double Objective, double Nmse, double Bits);
