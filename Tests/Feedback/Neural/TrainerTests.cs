using Feedback.Neural;

namespace Tests.Feedback.Neural;

public sealed class TrainerTests
{
    [Fact]
    public void Run_ChannelsOfFewDirections_AreLearned()
    {
        var scheme = TinyTraining.Scheme();
        var drops = TinyTraining.Drops();
        var trainer = new Trainer(scheme, TinyTraining.Recipe with { Steps = 250, ValidateEvery = 50, LearningRate = 5e-3 }, drops);
        var result = trainer.Run(null, null, CancellationToken.None);
        // Four complex directions fit into sixteen values, so there is no floor; 400 steps were seen to reach 0.11 from about 1.
        Assert.InRange(result.BestNmse, 0, 0.3);
        Assert.True(result.BestNmse < result.Curve[0].Nmse / 3);
    }

    [Fact]
    public void Run_InterruptedAndContinued_EndsWithTheSameWeights()
    {
        var whole = Train(null, CancellationToken.None);
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.checkpoint");
        try
        {
            for (var interruption = 0; interruption < 2; interruption++)
            {
                using var source = new CancellationTokenSource();
                var countdown = new Countdown(2, source);
                Assert.Throws<OperationCanceledException>(() => Train(file, source.Token, countdown));
            }
            Assert.Equal(whole, Train(file, CancellationToken.None));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Run_OtherValidationDrops_DoNotChangeTheLastWeights()
    {
        // With averaging off and one validation only, at the end, weights depend on training drops alone.
        var scheme = TinyTraining.Scheme();
        var recipe = TinyTraining.Recipe with { Averaging = 0, ValidateEvery = 1000 };
        new Trainer(scheme, recipe with { ValidationDrops = 16 }, TinyTraining.Drops()).Run(null, null, CancellationToken.None);
        var other = TinyTraining.Scheme();
        new Trainer(other, recipe with { ValidationDrops = 32 }, TinyTraining.Drops()).Run(null, null, CancellationToken.None);
        Assert.Equal(TinyTraining.Weights(scheme.Network), TinyTraining.Weights(other.Network));
    }

    [Fact]
    public void Run_ManySteps_LeavesNoTensorAlive() => Leaves(200);

    [Fact]
    [Trait("Category", "slow")]
    public void Run_ThousandSteps_LeavesNoTensorAlive() => Leaves(1000);

    [Fact]
    public void At_WarmUpAndCosine_AreWhatTheySay()
    {
        var recipe = new TrainingRecipe { Steps = 110, WarmUp = 10, LearningRate = 1, FinalLearningRate = 0.1 };
        Assert.Equal(0.1, LearningRateSchedule.At(recipe, 0), 12);
        Assert.Equal(1, LearningRateSchedule.At(recipe, 10), 12);
        Assert.Equal(0.55, LearningRateSchedule.At(recipe, 60), 12);
        Assert.Equal(0.1, LearningRateSchedule.At(recipe, 110), 12);
    }

    private static void Leaves(int steps)
    {
        var scheme = TinyTraining.Scheme();
        var before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var recipe = TinyTraining.Recipe with { Steps = steps, ValidateEvery = 50, Passes = steps };
        var census = new Census();
        new Trainer(scheme, recipe, TinyTraining.Drops()).Run(null, census, CancellationToken.None);
        // From the second validation on, when Adam has its moments, every step leaves as many tensors as it found.
        Assert.Single(census.Living.Skip(2).Distinct());
        Assert.Equal(before, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static float[] Train(string? checkpoint, CancellationToken cancellation, IProgress<TrainingProgress>? progress = null)
    {
        var scheme = TinyTraining.Scheme();
        new Trainer(scheme, TinyTraining.Recipe, TinyTraining.Drops()).Run(checkpoint, progress, cancellation);
        return TinyTraining.Weights(scheme.Network);
    }

    private sealed class Census : IProgress<TrainingProgress>
    {
        public List<long> Living { get; } = [];

        public void Report(TrainingProgress value) => Living.Add(TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private sealed class Countdown(int reports, CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        private int left = reports;

        public void Report(TrainingProgress value)
        {
            if (--left == 0)
                source.Cancel();
        }
    }
}
