using Channels;
using Channels.Impairments;
using Simulator;
using Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Channels;

[DisposesItsTensors]
public sealed class ImpairedChannelTests
{
    private static readonly ResourceGrid Grid = new(64, 20e6, slots: 2);

    [Fact]
    public void Draw_NoImpairments_TheModelsOwnDrops()
    {
        using var scope = NewDisposeScope();
        var plain = Rayleigh().Draw(5, Grid, new Generator(3));
        var impaired = new ImpairedChannel(Rayleigh(), new(), Normalisation.Model).Draw(5, Grid, new Generator(3));
        Assert.True(plain.Channel.Equals(impaired.Channel));
        Assert.Equal(Dense.Values(plain.PowerGain), Dense.Values(impaired.PowerGain));
    }

    [Fact]
    public void Draw_ElementErrors_AreOneFactorAnElementOfTheGivenSpread()
    {
        using var scope = NewDisposeScope();
        const int drops = 200;
        var plain = Rayleigh().Draw(drops, Grid, new Generator(3));
        var impaired = new ImpairedChannel(Rayleigh(), new() { GainErrorDecibels = 1.5, PhaseErrorAngle = 0.2 }, Normalisation.Model)
            .Draw(drops, Grid, new Generator(3));
        var ratio = impaired.Channel / plain.Channel;                                            // [B, T, U, S, R, A]
        var factor = ratio.narrow(1, 0, 1).narrow(2, 0, 1).narrow(3, 0, 1).narrow(4, 0, 1);
        // A quotient of float32 products: a few units of 2^-24.
        Assert.InRange((ratio / factor - 1).abs().max().item<float>(), 0, 1e-5f);

        var gains = Dense.Values(factor.abs().to(ScalarType.Float64).log()).Select(log => 20 / Math.Log(10) * log).ToArray();
        var phases = Dense.Values(factor.imag.to(ScalarType.Float64).atan2(factor.real.to(ScalarType.Float64))).ToArray();
        // The deviation of n normal numbers has itself one of σ/√(2n): four of those.
        Assert.Equal(1.5, Math.Sqrt(gains.Average(gain => gain * gain)), 4 * 1.5 / Math.Sqrt(2 * gains.Length));
        Assert.Equal(0.2, Math.Sqrt(phases.Average(phase => phase * phase)), 4 * 0.2 / Math.Sqrt(2 * phases.Length));
    }

    [Fact]
    public void Draw_DiffusePower_HasShareProfileAndOnset()
    {
        using var scope = NewDisposeScope();
        const int drops = 400;
        const double decay = 4;                                                                  // rows
        var single = new SinglePath(row: 7);
        var impaired = new ImpairedChannel(single, new() { DiffusePowerDecibels = -6, DiffuseDecayTime = decay / 20e6 }, Normalisation.Model);
        var difference = impaired.Draw(drops, Grid, new Generator(5)).Channel - single.Draw(drops, Grid, new Generator(5)).Channel;
        var delays = fft.ifft(difference.select(1, 0), dim: 2, norm: FFTNormType.Ortho);            // [B, U, S, R, A]
        var profile = Dense.Values(delays.abs().square().to(ScalarType.Float64).sum([0, 1, 3, 4])).Select(power => power / (drops * 64.0 * 8)).ToArray();

        // Each row's power is a mean of n = drops·A exponential variables, so its deviation is the n-th root of itself: five of those, all rows at once.
        var share = Math.Pow(10, -0.6);
        var unit = share * (1 - Math.Exp(-1 / decay)) / (1 - Math.Exp(-8));
        for (var row = 0; row < 64; row++)
        {
            var after = (row - 7 + 64) % 64;
            var expected = after < 8 * decay ? unit * Math.Exp(-after / decay) : 0;
            Assert.Equal(expected, profile[row], 5 * expected / Math.Sqrt(drops * 8) + 1e-9);
        }
    }

    [Fact]
    public void Constructor_ImpossibleOrRecorded_Refused()
    {
        Assert.Contains("gain-error", Assert.Throws<ArgumentOutOfRangeException>(() => new ChannelImpairments { GainErrorDecibels = -1 }.Validate()).Message, StringComparison.Ordinal);
        Assert.Contains("diffuse-decay-time", Assert.Throws<ArgumentOutOfRangeException>(() => new ChannelImpairments { DiffuseDecayTime = 0 }.Validate()).Message, StringComparison.Ordinal);
    }

    private static RayleighChannel Rayleigh() => new(new RayleighOptions { Users = 2, Array = new(8), Normalisation = Normalisation.Model });

    /// <summary>A single path on a delay row, the same at all antennas.</summary>
    private sealed class SinglePath(int row) : IChannelModel
    {
        public ChannelDrop Draw(int batch, ResourceGrid grid, Generator random)
        {
            using var scope = NewDisposeScope();
            var angle = arange(grid.Subcarriers, dtype: ScalarType.Float64) * (-2 * Math.PI * row / grid.Subcarriers);
            var response = complex(angle.cos(), angle.sin()).to(ScalarType.ComplexFloat32).reshape(1, 1, 1, -1, 1, 1);
            return ChannelDrop.Normalise(response.expand(batch, grid.Slots, 1, -1, 1, 8).contiguous(), Normalisation.Model).MoveToOuterDisposeScope();
        }
    }
}
