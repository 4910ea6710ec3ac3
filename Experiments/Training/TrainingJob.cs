using Feedback.Neural;
using Feedback.Neural.Training;
using Simulator;

namespace Experiments.Training;

/// <summary>One model of a training file, checked and ready to be trained.</summary>
public sealed record TrainingJob
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>The network; null for what is fitted.</summary>
    public NetworkPlan? Network { get; init; }

    /// <summary>How it is trained.</summary>
    public TrainingRecipe Recipe { get; init; } = new();

    /// <summary>What is fitted; null for a network.</summary>
    public FitPlan? Fit { get; init; }

    /// <summary>The size of the CSI.</summary>
    public required CsiDimensions Dimensions { get; init; }

    /// <summary>Slots and subcarriers.</summary>
    public required ResourceGrid Grid { get; init; }

    /// <summary>Builds the channel model for one user.</summary>
    public required Func<IChannelModel> Channel { get; init; }

    /// <summary>The job as resolved, one line of JSON with sorted keys.</summary>
    public required string Canonical { get; init; }

    /// <summary>The resolved scenario, one line of JSON with sorted keys.</summary>
    public required string Scenario { get; init; }
}
