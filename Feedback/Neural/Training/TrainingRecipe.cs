using System.ComponentModel;

namespace Feedback.Neural.Training;

/// <summary>How a network is trained; stands in the model card.</summary>
public sealed record TrainingRecipe
{
    /// <summary>The root seed of training drops, validation drops, test drops and starting weights.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Training steps, at least 1.</summary>
    public int Steps { get; init; } = 10_000;

    /// <summary>Drops a step, at least 1.</summary>
    public int Batch { get; init; } = 200;

    /// <summary>Largest learning rate of Adam, positive.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Learning rate of the last step, positive; reached along half a cosine.</summary>
    public double FinalLearningRate { get; init; } = 1e-5;

    /// <summary>The learning rate of dense layers relative to that of convolutions, positive.</summary>
    public double DenseRate { get; init; } = 1;

    /// <summary>Steps in which the learning rate rises from zero, at least 0.</summary>
    public int WarmUp { get; init; } = 200;

    /// <summary>What is minimised.</summary>
    public TrainingLoss Loss { get; init; } = TrainingLoss.Nmse;

    /// <summary>The weight of a bit against the distortion, at least 0: minimised is distortion + λ·bits.</summary>
    public double Lambda { get; init; }

    /// <summary>How often λ is halved at the finest rate, at least 0; above 0 the halvings of each step are drawn, and the network is told them.</summary>
    public double Halvings { get; init; }

    /// <summary>Decay of Adam's first moment, 0 … 1.</summary>
    public double FirstDecay { get; init; } = 0.9;

    /// <summary>Largest norm of the gradient; 0 leaves it as it is.</summary>
    public double GradientClip { get; init; }

    /// <summary>Decay per step of the moving average of the weights that is validated and kept, 0 … 1; 0 keeps the weights themselves.</summary>
    public double Averaging { get; init; } = 0.999;

    /// <summary>Drops a chunk: training drops are drawn chunk by chunk, each with a seed of its own.</summary>
    public int ChunkDrops { get; init; } = 20_000;

    /// <summary>How often each chunk is gone through, at least 1.</summary>
    public int Passes { get; init; } = 4;

    /// <summary>Validation drops; they alone choose the weights that are kept.</summary>
    public int ValidationDrops { get; init; } = 2_000;

    /// <summary>Steps between validations, at least 1.</summary>
    public int ValidateEvery { get; init; } = 250;

    /// <summary>Test drops, looked at once at the end.</summary>
    public int TestDrops { get; init; } = 5_000;

    /// <summary>With which weights training starts.</summary>
    public StartingWeights Start { get; init; } = StartingWeights.PrincipalComponents;

    /// <summary>How many principal components share a codeword value at the start, at least 1.</summary>
    public int Mixing { get; init; } = 1;

    /// <summary>Range of the energy of training drops [dB], at least 0, as the quantisation of the scale leaves it.</summary>
    public double EnergyRangeDecibels { get; init; } = 1;

    /// <summary>SNR of the estimates that are encoded in training [dB], relative to the drop's mean |h|²; null encodes channels known perfectly. The error is that against the channel itself.</summary>
    public double? EstimateSnrDecibels { get; init; }

    /// <summary>Range of the SNR above that [dB], at least 0; each drop's is drawn evenly in decibels.</summary>
    [DefaultValue(0.0)]
    public double EstimateSnrRangeDecibels { get; init; }

    /// <summary>Whether each report's delays are moved so that the strongest one lies on a row, at the cost of a few bits.</summary>
    [DefaultValue(false)]
    public bool Align { get; init; }

    /// <summary>How weights are stored.</summary>
    public WeightPrecision Precision { get; init; } = WeightPrecision.Half;

    /// <summary>Checks the ranges.</summary>
    /// <returns>This recipe.</returns>
    public TrainingRecipe Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Batch, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LearningRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FinalLearningRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(DenseRate);
        ArgumentOutOfRangeException.ThrowIfNegative(WarmUp);
        ArgumentOutOfRangeException.ThrowIfNegative(Lambda);
        ArgumentOutOfRangeException.ThrowIfNegative(Halvings);
        ArgumentOutOfRangeException.ThrowIfNegative(FirstDecay);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(FirstDecay, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(GradientClip);
        ArgumentOutOfRangeException.ThrowIfNegative(Averaging);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Averaging, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ChunkDrops, Batch);
        ArgumentOutOfRangeException.ThrowIfLessThan(Passes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ValidationDrops, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ValidateEvery, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(TestDrops, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Mixing, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(EnergyRangeDecibels);
        ArgumentOutOfRangeException.ThrowIfNegative(EstimateSnrRangeDecibels);
        if (EstimateSnrDecibels is null && EstimateSnrRangeDecibels > 0)
            throw new ArgumentException("A range of the SNR of estimates is given, but not where it begins.", nameof(EstimateSnrDecibels));
        return this;
    }
}
