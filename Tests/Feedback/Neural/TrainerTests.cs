using Feedback.Neural.Training;
using Simulator;
using Tests.Support;
using TorchSharp.Modules;
using static TorchSharp.torch;

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
    public void Run_NoisyEstimates_AreHeldAgainstTheChannelsThemselves()
    {
        using var scope = NewDisposeScope();
        var (scheme, drops) = (TinyTraining.Scheme(), TinyTraining.Drops());
        var recipe = TinyTraining.Recipe with { EstimateSnrDecibels = 0 };
        using var random = drops.GeneratorOf("weights", 0);
        NetworkStart.Apply(scheme.Network, recipe, view_as_real(drops.Draw("training", 0, 400).squeeze(2)) * Math.Sqrt(128), random);

        var result = new Trainer(scheme, recipe, drops).Run(null, null, CancellationToken.None);

        // Half of the error lies in the crop; four of its 64 complex dimensions are the channels', and of the error in these a linear estimate leaves
        // 1/32 : (1 + 1/32) at best. Held against the estimates, what no codeword of eight complex values holds would be 0.5 · 56/64 : 1.5 at least.
        Assert.InRange(result.BestNmse, 0.02, 0.15);
    }

    [Fact]
    public void Validate_RangeOfNoSnr_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new TrainingRecipe { EstimateSnrRangeDecibels = 10 }.Validate());

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
    public void Run_InterruptedAtAnyStep_EndsWithTheSameWeights()
    {
        using var folder = new TemporaryFolder();
        var scheme = TinyTraining.Scheme();
        new Trainer(scheme, TinyTraining.Recipe, TinyTraining.Drops()).Run(null, null, CancellationToken.None);
        foreach (var calls in new[] { 3, 14, 5 })
        {
            using var source = new CancellationTokenSource();
            var interrupted = new Watched(TinyTraining.Scheme(), calls, source.Cancel);
            Assert.Throws<OperationCanceledException>(() => Continue(interrupted, folder["x"], source.Token));
        }
        var last = TinyTraining.Scheme();
        var result = Continue(last, folder["x"], CancellationToken.None);
        Assert.True(result.Finished);
        Assert.Equal(TinyTraining.Weights(scheme.Network), TinyTraining.Weights(last.Network));
        // The mean losses too, though the sums behind them were interrupted.
        var whole = new Trainer(TinyTraining.Scheme(), TinyTraining.Recipe, TinyTraining.Drops()).Run(null, null, CancellationToken.None);
        Assert.Equal(whole.Curve, result.Curve);
    }

    [Fact]
    public void Run_LegThatIsOver_EndsInACheckpointAndACompactOneRestartsWarm()
    {
        using var folder = new TemporaryFolder();
        var (exact, compact) = (Leg(folder["exact"], compact: false), Leg(folder["compact"], compact: true));
        Assert.Equal([0], exact.Curve.Select(point => point.Step));
        Assert.False(exact.Finished || compact.Finished);
        // Moments and best weights are left out, the rest is half as long.
        Assert.InRange(new FileInfo(folder["compact"]).Length, 1, 0.5 * new FileInfo(folder["exact"]).Length);
        var scheme = TinyTraining.Scheme();
        var result = Continue(scheme, folder["compact"], CancellationToken.None);
        Assert.True(result.Finished);
        Assert.Equal(TinyTraining.Recipe.Steps, result.Curve[^1].Step);
    }

    [Fact]
    public void Run_KnownGradients_FollowAdamScheduleClippingAndAveragingAsWritten()
    {
        var scheme = new SlopeScheme();
        var recipe = TinyTraining.Recipe with
        {
            Steps = 40, ValidateEvery = 40, WarmUp = 7, LearningRate = 0.01, FinalLearningRate = 0.001, Averaging = 0.8, Lambda = 3, Halvings = 2,
            FirstDecay = 0.5, GradientClip = 0.01,
        };

        var result = new Trainer(scheme, recipe, TinyTraining.Drops()).Run(null, null, CancellationToken.None);

        var (weight, average, first, second) = (0.0, 0.0, 0.0, 0.0);
        var slopes = scheme.Slopes.Where(found => !found.Frozen).Select(found => (found.Slope, found.Rate)).ToArray();
        for (var step = 0; step < recipe.Steps; step++)
        {
            // Of the logarithm of 1 + λ·(100 + slope·w).
            var lambda = recipe.Lambda * Math.Pow(2, -slopes[step].Rate);
            var gradient = lambda * slopes[step].Slope / (1 + lambda * (100 + slopes[step].Slope * weight));
            gradient *= Math.Min(1, recipe.GradientClip / Math.Abs(gradient));
            first = 0.5 * first + 0.5 * gradient;
            second = 0.999 * second + 0.001 * gradient * gradient;
            var rate = step < 7 ? 0.01 * (step + 1) / 7 : 0.001 + 0.009 * 0.5 * (1 + Math.Cos(Math.PI * (step - 7) / 33.0));
            weight -= rate * (first / (1 - Math.Pow(0.5, step + 1))) / (Math.Sqrt(second / (1 - Math.Pow(0.999, step + 1))) + 1e-8);
            var kept = Math.Min(0.8, (1.0 + step) / (10 + step));
            average = kept * average + (1 - kept) * weight;
        }
        // Float32 throughout, some 40 roundings of 6e-8 each.
        Assert.Equal(average, TinyTraining.Weights(scheme.Network)[0], 1e-5);
        Assert.All(slopes, found => Assert.InRange(found.Rate, 0, 2));
        Assert.True(slopes.Select(found => found.Rate).Distinct().Count() > 30);
        Assert.Equal(40, result.BestStep);
        Assert.Equal(result.Curve.Where(point => point.Step <= 20).MinBy(point => point.Objective), result.BestOfHalf);
        // Distortion 1 and 100 + slope·w bits at four rates, of which the geometric mean.
        var halvings = new[] { 0, 2 / 3.0, 4 / 3.0, 2 };
        Assert.Equal(Math.Exp(halvings.Average(rate => Math.Log(1 + 3 * Math.Pow(2, -rate) * result.Best.Bits))), result.Best.Objective, 1e-3);
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

    private static TrainingResult Leg(string checkpoint, bool compact) =>
        new Trainer(TinyTraining.Scheme(), TinyTraining.Recipe, TinyTraining.Drops()) { LegSeconds = 0, Compact = compact }.Run(checkpoint, null, CancellationToken.None);

    private static TrainingResult Continue(ITrainableFeedbackScheme scheme, string checkpoint, CancellationToken cancellation) =>
        new Trainer(scheme, TinyTraining.Recipe, TinyTraining.Drops()) { CheckpointPeriod = 0 }.Run(checkpoint, null, cancellation);

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

    /// <summary>Calls back after so many passes through the network in training.</summary>
    private sealed class Watched(ITrainableFeedbackScheme scheme, int calls, Action done) : ITrainableFeedbackScheme
    {
        private int left = calls;

        public nn.Module Network => scheme.Network;

        public IReadOnlyList<BitString> Encode(Measurement measurement) => scheme.Encode(measurement);

        public Report Decode(IReadOnlyList<BitString> messages) => scheme.Decode(messages);

        public (Tensor Reconstruction, Tensor EstimatedBits) Relax(Tensor csi, double rate)
        {
            if (scheme.Network.training && --left == 0)
                done();
            return scheme.Relax(csi, rate);
        }
    }

    /// <summary>Rebuilds nothing; its bits are 100 and a number of the batch times the only weight.</summary>
    private sealed class SlopeScheme : ITrainableFeedbackScheme
    {
        public List<(double Slope, double Rate, bool Frozen)> Slopes { get; } = [];

        public nn.Module Network { get; } = new Weight();

        public IReadOnlyList<BitString> Encode(Measurement measurement) => throw new NotSupportedException();

        public Report Decode(IReadOnlyList<BitString> messages) => throw new NotSupportedException();

        public (Tensor Reconstruction, Tensor EstimatedBits) Relax(Tensor csi, double rate)
        {
            using var scope = NewDisposeScope();
            var slope = 1 + view_as_real(csi).flatten()[0].item<float>();
            Slopes.Add((slope, rate, !Network.training));
            var bits = 100 + ((Weight)Network).Value * slope * ones(new long[] { csi.shape[0] });
            return (zeros_like(csi).MoveToOuterDisposeScope(), bits.MoveToOuterDisposeScope());
        }
    }

    private sealed class Weight : nn.Module
    {
        private readonly Parameter value;

        public Weight()
            : base(nameof(Weight))
        {
            value = nn.Parameter(zeros(new long[] { 1 }));
            value.DetachFromDisposeScope();
            RegisterComponents();
        }

        public Parameter Value => value;
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
