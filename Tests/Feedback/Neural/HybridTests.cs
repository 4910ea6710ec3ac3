using System.Text.Json;
using Experiments;
using Feedback.Coding;
using Feedback.Fitting;
using Feedback.Models;
using Feedback.Neural;
using Feedback.Neural.Hybrid;
using Feedback.Neural.Latents;
using Feedback.Neural.Training;
using Simulator;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Feedback.Neural;

public sealed class HybridTests
{
    private static readonly HybridArchitecture Tiny = new() { Delays = 8, Antennas = 8, Predictors = 3, Hidden = 11, Channels = 4, Blocks = 1 };

    [Fact]
    public void Write_LevelByLevel_TakesTheBitsThatTrainingEstimates()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var model = FeedbackCases.Untrained<LatentModel>(Tiny, seed: 4);
        foreach (var step in new[] { 3.0, 6.5, 11 })
        {
            // Values at the centroids of their levels, so that neither side has a choice.
            using var random = new Generator(8);
            var width = 32 * Math.Pow(2, -0.5 * step);
            var draws = randn([3 * 128], dtype: ScalarType.Float64, generator: random);
            var levels = (draws * 1.2).round().reshape(3, 8, 8, 2);
            var crops = ((levels + levels.sign() * 0.1) * width).to(ScalarType.Float32);

            var estimates = model.Network.Relax(crops, step, null).Bits.data<float>().ToArray();
            var found = model.Transform.Analyse(crops).Select(Length).ToArray();

            // Probabilities are rounded to 2^-16: of an event of probability p by 2^-17/p/ln 2 bits at most, of those of chance 1/1000 by 0.01 bit.
            for (var n = 0; n < found.Length; n++)
                Assert.Equal(estimates[n], found[n], 0.01 * estimates[n]);

            double Length(double[] crop)
            {
                var length = new IdealLength();
                model.Coder.Write(length, crop, step);
                return length.Bits;
            }
        }
    }

    [Fact]
    public void Read_LevelsOfAnySize_GivesThemBack()
    {
        using var scope = NewDisposeScope();
        var model = FeedbackCases.Untrained<LatentModel>(Tiny, seed: 4);
        // Step 10 is as wide as a value of 1.
        var crop = Enumerable.Range(0, 128).Select(index => index % 7 == 0 ? (index % 2 == 0 ? 1.1 : -1.1) * Math.Pow(9, index % 5) : 0.0).ToArray();

        var read = Passed(model.Coder, crop, 10);

        // A level costs less one lower, now and then.
        for (var bin = 0; bin < 64; bin++)
        {
            for (var part = 0; part < 2; part++)
                Assert.InRange(Math.Abs(crop[2 * bin + part] - read[part * 64 + bin]), 0, 1.67);
        }
    }

    [Theory]
    [InlineData(8, 8, 4, 1)]
    [InlineData(5, 19, 6, 2)]
    [InlineData(16, 32, 16, 2)]
    public void Synthesise_DecodedLevels_AreCorrectedAsInTraining(int delays, int antennas, int channels, int blocks)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var random = new Generator(12);
        const int count = 3;
        const double step = 9.5;
        var model = FeedbackCases.Untrained<LatentModel>(new HybridArchitecture { Delays = delays, Antennas = antennas, Hidden = 12, Channels = channels, Blocks = blocks }, seed: 4);
        // A fresh refinement corrects nothing.
        foreach (var (_, parameter) in model.Network.named_parameters().Where(pair => pair.name.StartsWith("refinement.", StringComparison.Ordinal)))
            parameter.copy_(Draw(parameter.numel()).reshape(parameter.shape) * Math.Sqrt(parameter.shape[0] / (double)parameter.numel()));
        var width = 32 * Math.Pow(2, -0.5 * step);
        // Far up in their levels, so that a lower one costs 26 bits' worth of error.
        var levels = (Draw(count * 2 * delays * antennas) * 1.2).round().reshape(count, delays, antennas, 2);
        var plain = (levels + levels.sign() * 0.6) * width;

        var wanted = model.Network.Relax(plain.to(ScalarType.Float32), step, null).Crops;
        var decoded = model.Transform.Analyse(plain).Select(crop => Passed(model.Coder, crop, step)).ToArray();
        var found = model.Transform.Synthesise([.. decoded.SelectMany(values => values)], count);

        Assert.Equal(levels.permute(0, 3, 1, 2).flatten().data<double>().ToArray(), decoded.SelectMany(values => values.Take(2 * delays * antennas)));
        Assert.True((wanted - plain).abs().max().item<double>() > width);
        // The chance of zero is known to 2^-17 at the base station, and some hundred sums round to 6e-8.
        Assert.InRange((found - wanted).abs().max().item<float>() / width, 1e-9, 1e-4);

        // Less than 16 numbers would be drawn in another way.
        Tensor Draw(long number) => randn([Math.Max(16, number)], dtype: ScalarType.Float64, generator: random).narrow(0, 0, number);
    }

    [Fact]
    public void Run_SharedTrainer_SavesBitsAndErrorAtOnce()
    {
        using var scope = NewDisposeScope();
        var model = FeedbackCases.Untrained<LatentModel>(Tiny);
        var drops = TinyTraining.Drops();
        // λ = 0.08 Δ² over the 128 values of a crop, Δ = 32 at first.
        var recipe = TinyTraining.Recipe with { Steps = 100, ValidateEvery = 50, LearningRate = 1e-2, GradientClip = 1, Lambda = 0.64, Halvings = 15 };

        var result = new Trainer(model.Schemes(TinyTraining.Dimensions)[0].Scheme, recipe, drops).Run(null, null, CancellationToken.None);

        Assert.True(result.Curve[^1].Bits < 0.8 * result.Curve[0].Bits, $"{result.Curve[0].Bits} → {result.Curve[^1].Bits}");
        Assert.True(result.BestNmse < result.Curve[0].Nmse, $"{result.Curve[0].Nmse} → {result.BestNmse}");
        var kind = Tiny.Kind();
        var trained = (LatentModel)kind.Assemble(model.Network, kind.Fit(model.Network, model.Tables, view_as_real(drops.Draw("training", 0, 100).squeeze(2)) * Math.Sqrt(128)));
        var test = drops.Draw("test", 0, 100);
        var (_, scheme) = trained.Schemes(TinyTraining.Dimensions)[11];
        var found = SchemeTest.Run(scheme, drops.Transform, [drops.Transform.Restore(test)]);
        var (_, estimates) = ((ITrainableFeedbackScheme)scheme).Relax(test, 11);
        // Δ² is 1/2: a twelfth of it for uniform errors, and not twice that with a dead zone.
        Assert.InRange(found.Nmse, 0, 1 / 12.0);
        // Levels are weighed one by one here and all at once there, and the scale is coded besides.
        Assert.Equal(estimates.mean().item<float>(), found.Bits, 0.05 * found.Bits + 8);
    }

    [Fact]
    public void Run_PathsBetweenDelayRows_TakeFewerBitsWithAlignedDelays()
    {
        using var folder = new TemporaryFolder();
        var (plain, aligned) = (Train(align: false), Train(align: true));

        Assert.True(aligned.Recipe.Align);
        // At equal steps errors are much alike; a path on a row is one bin instead of a row of them.
        Assert.InRange(aligned.Figures["test-nmse-crop-step-9"] - plain.Figures["test-nmse-crop-step-9"], -6, 1);
        Assert.True(aligned.Figures["test-bits-step-9"] < 0.7 * plain.Figures["test-bits-step-9"]);
        // The card's drops once more, through the file of the model.
        using var scope = NewDisposeScope();
        var store = new ModelStore([folder["models"]]);
        var (_, scheme) = new SharedModels(Catalogues.KindOf).Load<LatentModel>(store.PathOf("True"), "hybrid").Schemes(TinyTraining.Dimensions)[9];
        var found = SchemeTest.Run(scheme, TinyTraining.Transform, [Drops(align: true).DrawChannels("test", 0, TinyTraining.Recipe.TestDrops)]);
        Assert.Equal(aligned.Figures["test-bits-step-9"], found.Bits, 1e-3);
        Assert.Equal(aligned.Figures["test-nmse-crop-step-9"], found.NmseDecibels, 1e-3);

        ModelCard Train(bool align) => new NetworkTraining
        {
            Name = $"{align}",
            Plan = new NetworkPlan("hybrid", Tiny, Tiny.Kind()),
            Recipe = TinyTraining.Recipe with { Steps = 60, LearningRate = 1e-2, GradientClip = 1, Lambda = 0.64, Halvings = 15, Start = StartingWeights.Random, Align = align },
            Drops = Drops(align),
            Dimensions = TinyTraining.Dimensions,
            Channel = JsonDocument.Parse("{}").RootElement,
        }.Run(folder["models"], folder[$"{align}.checkpoint"], null, CancellationToken.None).Card!;
    }

    // What the base station makes of a crop's bits.
    private static double[] Passed(ILatentCoder coder, double[] crop, double step)
    {
        var (encoder, writer, read) = (new ArithmeticEncoder(), new BitWriter(), new double[coder.Values]);
        coder.Write(encoder, crop, step);
        encoder.Finish(writer);
        var source = new ArithmeticDecoder(new BitReader(writer.ToBitString()));
        coder.Read(source, step, read);
        source.Finish();
        return read;
    }

    // One path each, anywhere on two thirds of the kept rows, seen from a direction of the angular grid.
    private static TrainingDrops Drops(bool align)
    {
        var (dimensions, transform) = (TinyTraining.Dimensions, new AngularDelayTransform(TinyTraining.Dimensions.Array, 16, 16));
        var channel = new CropChannel(dimensions, 16, (count, random) =>
        {
            using var scope = NewDisposeScope();
            var draws = rand([Math.Max(16, count), 2], dtype: ScalarType.Float64, generator: random).narrow(0, 0, count);
            var turns = draws.narrow(1, 0, 1) * 5.3 * arange(16, dtype: ScalarType.Float64) * (-2 * Math.PI / 16);     // [n, S]
            var response = complex(turns.cos(), turns.sin()).to(ScalarType.ComplexFloat32).reshape(count, 16, 1, 1);
            var angles = eye(8).index_select(0, (draws.select(1, 1) * 8).floor().to(ScalarType.Int64)).to(ScalarType.ComplexFloat32);
            return transform.Crop(response * TinyTraining.Dimensions.Array.FromAngular(angles.reshape(count, 1, 1, 8))).MoveToOuterDisposeScope();
        });
        return new TrainingDrops(channel, new ResourceGrid(16, 20e6), TinyTraining.Transform, seed: 2, align);
    }
}
