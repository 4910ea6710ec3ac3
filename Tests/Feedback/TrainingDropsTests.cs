using Channels.Cost2100;
using Feedback.Fitting;
using Feedback.Models;
using Simulator;
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
}
