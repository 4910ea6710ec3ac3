using Simulator;
using Simulator.Estimation;
using Simulator.Precoding;
using Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Simulator;

/// <summary>The link leaves no tensor behind, with or without a scope around it.</summary>
[Collection(AloneCollection.Name)]
public sealed class MemoryTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    public void Transmit_NoScopeAround_OnlyTheResultsLive(int receiveAntennas, int streams)
    {
        var drop = Links.Drop(1, batch: 2, users: 2, subcarriers: 8, receiveAntennas, antennas: 4);
        var before = Living;
        foreach (var precoder in LinkParts.Precoders.Values)
        {
            var exchange = Links.Believe(drop);
            Assert.Equal(before + 3, Living);
            var outcome = Links.For(drop, streams).Transmit(drop, exchange, precoder(), 0.1);
            Assert.Equal(before + 3 + 6, Living);
            foreach (var metric in LinkParts.Metrics.Values)
            {
                metric().Evaluate(outcome).Dispose();
                Assert.Equal(before + 3 + 6, Living);
            }
            Dispose(exchange, outcome);
            Assert.Equal(before, Living);
        }
        drop.Channel.Dispose();
        drop.PowerGain.Dispose();
    }

    [Fact]
    public void Measure_NoScopeAround_OnlyTheResultsLive()
    {
        var before = Living;
        var drop = Links.Drop(1, batch: 2, users: 2, subcarriers: 8, receiveAntennas: 1, antennas: 4);
        using var random = new Generator(1);
        var alive = Living;
        foreach (var estimator in LinkParts.Estimators.Values)
        {
            var measurement = LinkSimulation.Measure(drop, estimator(), random);
            Assert.Equal(alive + 2, Living);
            measurement.Channel.Dispose();
            measurement.NoiseVariance.Dispose();
        }
        drop.Channel.Dispose();
        drop.PowerGain.Dispose();
        Assert.Equal(before, Living);
    }

    [Fact]
    public void Link_ThousandBlocks_MemoryIsFlat()
    {
        Blocks(200);
        var (tensors, resident) = (Living, Resident());
        Blocks(1000);
        Assert.Equal(tensors, Living);
        // A block's channel is 32 kB: a thousand kept ones would be 32 MB, a thousand kept weights as much again.
        Assert.InRange(Resident() - resident, long.MinValue, 16L << 20);
    }

    private static long Living => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    private static void Blocks(int count)
    {
        for (var block = 0; block < count; block++)
        {
            using var scope = NewDisposeScope();
            using var random = new Generator((ulong)block);
            var drop = Links.Drop(block, batch: 2, users: 2, subcarriers: 32, receiveAntennas: 1, antennas: 32);
            LinkSimulation.Measure(drop, new NoisyEstimator(snr: 100), random);
            var outcome = Links.For(drop, 1).Transmit(drop, Links.Believe(drop), new ZeroForcing(), 0.1);
            LinkParts.Metrics["nmse"]().Evaluate(outcome);
            LinkParts.Metrics["se"]().Evaluate(outcome);
        }
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static void Dispose(FeedbackExchange exchange, LinkOutcome outcome)
    {
        Tensor[] tensors =
        [
            exchange.Report.Rows, exchange.Report.Rank, exchange.Bits,
            outcome.Channel, outcome.Reported, outcome.Rows, outcome.Active, outcome.Weights, outcome.Bits,
        ];
        foreach (var tensor in tensors)
        {
            tensor.Dispose();
        }
    }
}
