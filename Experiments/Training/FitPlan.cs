using Feedback.Fitting;

namespace Experiments.Training;

/// <summary>How the model of a fitted scheme is made.</summary>
/// <param name="Scheme">Catalogue name of the scheme.</param>
/// <param name="Fit">What learns its tables.</param>
/// <param name="Recipe">How many drops, and how they are framed.</param>
/// <param name="Options">The scheme's own options as resolved, one line of JSON with sorted keys.</param>
public sealed record FitPlan(string Scheme, IModelFit Fit, FitRecipe Recipe, string Options);
