namespace Feedback.Neural.Training;

/// <summary>What a training leaves besides the weights.</summary>
/// <param name="Finished">Whether all steps were done; otherwise a checkpoint continues.</param>
/// <param name="Best">The best point, whose weights were kept.</param>
/// <param name="Seconds">Seconds of training, all runs together.</param>
/// <param name="Curve">What was found at every validation.</param>
public sealed record TrainingResult(bool Finished, TrainingPoint Best, double Seconds, IReadOnlyList<TrainingPoint> Curve)
{
    /// <summary>Step whose weights were kept.</summary>
    public int BestStep => Best.Step;

    /// <summary>Their mean error on the validation drops, linear.</summary>
    public double BestNmse => Best.Nmse;

    /// <summary>The best point of the first half of the steps: what the last doubling of steps set out from.</summary>
    public TrainingPoint BestOfHalf => Curve.Where(point => 2 * point.Step <= Curve[^1].Step).MinBy(point => point.Objective);
}
