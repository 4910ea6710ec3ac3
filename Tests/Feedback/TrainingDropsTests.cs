using Channels.Cost2100;
using Feedback.Fitting;
using Feedback.Models;
using Simulator;
using Tests.Feedback.Neural;
using static TorchSharp.torch;

namespace Tests.Feedback;

public sealed class TrainingDropsTests
{
    [Fact]
    public void Draw_Aligned_GivesTheCropsThatTheTerminalTakes()
    {
        using var scope = NewDisposeScope();
        const int count = 30;
        var dimensions = new CsiDimensions(256, 1, new AntennaArray(8));
        var transform = new AngularDelayTransform(dimensions.Array, 256, 32);
        var channel = new Cost2100Channel(Cost2100Scenario.Shipped("indoor-hall-5ghz"), new Cost2100Options { Array = dimensions.Array });
        var drops = new TrainingDrops(channel, new ResourceGrid(256, 20e6), transform, seed: 5, align: true);
        var channels = drops.DrawChannels("training", 3, count);
        var frame = new ReportFrame(dimensions, ReportFrame.Fit("aligned", dimensions, 32, align: true, [channels]));

        var drawn = view_as_real(drops.Draw("training", 3, count)).flatten(1);
        var taken = frame.Take(channels);

        Assert.True(taken.Shifts.Distinct().Count() > 3);
        var wanted = tensor(taken.Values, [count, frame.Values]);
        // Both are of float32; one is divided by its norm, the other by its scale first.
        Assert.True(drawn.sub(wanted * wanted.square().sum([1L], keepdim: true).rsqrt()).abs().max().item<float>() < 1e-6);
        // And they are other crops than those of drops that are not aligned.
        var plain = new TrainingDrops(channel, new ResourceGrid(256, 20e6), transform, seed: 5).Draw("training", 3, count);
        Assert.True(drawn.sub(view_as_real(plain).flatten(1)).abs().max().item<float>() > 0.1);
    }

    [Theory, InlineData(0.0, 0.0), InlineData(10.0, 0.0), InlineData(10.0, 20.0)]
    public void Measure_Crops_GetTheShareOfTheErrorThatFallsIntoTheirRows(double lowest, double range)
    {
        using var scope = NewDisposeScope();
        var drops = TinyTraining.Drops();
        using var random = drops.GeneratorOf("error", 0);
        var crops = drops.Draw("training", 0, 1000, energyRangeDecibels: 3);

        var error = view_as_real(drops.Measure(crops, lowest, range, random) - crops).square().sum([1, 2, 3, 4]);

        // Eight of sixteen rows; 1/SNR averaged over a range of r nepers is (1 - e^-r)/r of the largest.
        var nepers = range * Math.Log(10) / 10;
        var expected = 0.5 * Math.Pow(10, -lowest / 10) * (range > 0 ? (1 - Math.Exp(-nepers)) / nepers : 1);
        var ratio = (error / view_as_real(crops).square().sum([1, 2, 3, 4])).mean().item<float>();
        // 64,000 complex normals: 0.4 %. Evenly drawn SNR of 1,000 crops: 1/SNR spreads by 1.2 of its mean, 4 %.
        Assert.Equal(1, ratio / expected, range > 0 ? 0.16 : 0.02);
    }
}
