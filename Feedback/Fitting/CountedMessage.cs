using Simulator;

namespace Feedback.Fitting;

/// <summary>A message and what it ideally takes.</summary>
/// <param name="Message">The message.</param>
/// <param name="Ideal">-Σ log2 p of its symbols under the model; within a budget, all of it [bit].</param>
public readonly record struct CountedMessage(BitString Message, double Ideal);
