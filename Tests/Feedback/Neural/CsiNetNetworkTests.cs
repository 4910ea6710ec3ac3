using Feedback.Neural;
using Feedback.Neural.CsiNet;
using Feedback.Neural.Training;
using static TorchSharp.torch;

namespace Tests.Feedback.Neural;

public sealed class CsiNetNetworkTests
{
    [Theory]
    [InlineData(32, 32, 512)]
    [InlineData(8, 12, 5)]
    public void Forward_AnySize_KeepsTheShape(int delays, int antennas, int codeword)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var architecture = new CsiNetArchitecture { Delays = delays, Antennas = antennas, Codeword = codeword };
        using var network = new CsiNetNetwork(architecture);
        var crops = randn([3, delays, antennas, 2]);
        Assert.Equal([3, codeword], network.Compress(crops).shape);
        Assert.Equal(crops.shape, network.call(crops).shape);
    }

    [Fact]
    public void Parameters_OfRatioOneQuarter_AreTheCountedOnes()
    {
        var architecture = new CsiNetArchitecture();
        using var network = new CsiNetNetwork(architecture);
        // Dense layers 2·2048·512 + 512 + 2048; convolutions 9·2·2 twice, one bias of 2; refinement twice 9·(2·8 + 8·16 + 16·2); gains and offsets 2·(2 + 2·26).
        var expected = 2 * 2048 * 512 + 512 + 2048 + 36 + 36 + 2 + 2 * 9 * (16 + 128 + 32) + 2 * (2 + 2 * 26);
        Assert.Equal(expected, network.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal(2048 * 512 + 36 * 1024, architecture.TerminalOperations);
        Assert.Equal(2048 * 512 + 1024 * (36 + 2 * 9 * 176), architecture.BaseStationOperations);
    }

    [Fact]
    public void Forward_NormalisedConvolution_IsConvolutionThenNormalisation()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var random = new Generator(3);
        var layer = new NormalisedConvolution(2, 5);
        var input = randn([4, 2, 6, 7], dtype: ScalarType.Float64, generator: random).to(ScalarType.Float32) * 3 + 1;
        layer.Calibrate(input);
        var output = layer.call(input);
        // Calibrated on the same input, so the output has mean 0 and variance 1; ε = 1e-5 and float32 leave 1e-4.
        Assert.All(output.mean([0, 2, 3]).data<float>().ToArray(), mean => Assert.Equal(0, mean, 1e-4));
        Assert.All(output.square().mean([0, 2, 3]).data<float>().ToArray(), power => Assert.Equal(1, power, 1e-3));
    }

    [Fact]
    public void PrincipalComponents_OnFewDirections_RebuildThem()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var random = new Generator(5);
        using var network = new CsiNetNetwork(TinyTraining.Architecture);
        var drops = TinyTraining.Drops();
        var train = view_as_real(drops.Draw("training", 0, 400).squeeze(2)) * Math.Sqrt(TinyTraining.Architecture.Values);
        NetworkStart.Apply(network, TinyTraining.Recipe, train, random);
        var test = view_as_real(drops.Draw("test", 0, 50).squeeze(2)) * Math.Sqrt(TinyTraining.Architecture.Values);
        var error = (network.call(test) - test).square().mean().item<float>();
        // Eight real dimensions lie within sixteen values; what is left is the sigmoid's bend, -4/3·κ²u³ at |u| up to 4 and κ = 1/45.
        Assert.InRange(error, 0, 1e-3);
    }
}
