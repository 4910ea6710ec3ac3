namespace Feedback.Neural.Training;

/// <summary>Linear warm-up, then half a cosine down to the final rate.</summary>
public static class LearningRateSchedule
{
    /// <summary>The learning rate of a step.</summary>
    /// <param name="recipe">Largest and final rate, warm-up and number of steps.</param>
    /// <param name="step">The step, from 0.</param>
    /// <param name="restarted">The step at which the optimiser began with empty moments; behind it the warm-up is gone through again.</param>
    /// <returns>The rate of convolutions.</returns>
    public static double At(TrainingRecipe recipe, int step, int restarted = 0)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var rise = step - restarted < recipe.WarmUp ? (step - restarted + 1.0) / recipe.WarmUp : 1;
        if (step < recipe.WarmUp)
            return recipe.LearningRate * rise;
        var progress = (double)(step - recipe.WarmUp) / Math.Max(1, recipe.Steps - recipe.WarmUp);
        var share = 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, progress)));
        return rise * (recipe.FinalLearningRate + (recipe.LearningRate - recipe.FinalLearningRate) * share);
    }
}
