using System.Numerics;
using Simulator;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Simulator;

/// <summary>The angular-delay transform against its defining sums.</summary>
[DisposesItsTensors]
public sealed class AngularDelayTransformTests
{
    [Fact]
    public void Crop_AllDelays_UnitaryRoundTrip()
    {
        using var scope = NewDisposeScope();
        var transform = new AngularDelayTransform(new AntennaArray(4, 2, 2), 24, 24);
        var channel = Gaussian.Draw(1, 3, 24, 2, 16);
        var crop = transform.Crop(channel);
        // Entries of order one through two FFTs of float32.
        Assert.True(allclose(transform.Restore(crop), channel, atol: 1e-5));
        Assert.Equal(Energy(channel), Energy(crop), 1e-5 * Energy(channel));
    }

    [Fact]
    public void Crop_SomeDelays_RestoringLosesOnlyTheOthers()
    {
        using var scope = NewDisposeScope();
        var transform = new AngularDelayTransform(new AntennaArray(8), 16, 5);
        var crop = transform.Crop(Gaussian.Draw(2, 3, 16, 1, 8));
        Assert.Equal([3, 5, 1, 8], crop.shape);
        Assert.True(allclose(transform.Crop(transform.Restore(crop)), crop, atol: 1e-5));
    }

    [Fact]
    public void Crop_DirectSum_SameSignConvention()
    {
        using var scope = NewDisposeScope();
        const int subcarriers = 6;
        const int antennas = 4;
        var channel = Gaussian.Draw(3, subcarriers, 1, antennas);
        var crop = Dense.Matrix(new AngularDelayTransform(new AntennaArray(antennas), subcarriers, subcarriers).Crop(channel).squeeze(1));
        var input = Dense.Matrix(channel.squeeze(1));
        for (var delay = 0; delay < subcarriers; delay++)
        {
            for (var angle = 0; angle < antennas; angle++)
            {
                var sum = Complex.Zero;
                for (var k = 0; k < subcarriers; k++)
                {
                    for (var n = 0; n < antennas; n++)
                    {
                        var phase = 2 * Math.PI * ((double)k * delay / subcarriers - (double)n * angle / antennas);
                        sum += input[k, n] * Complex.FromPolarCoordinates(1, phase);
                    }
                }
                Assert.Equal(0, (crop[delay, angle] - sum / Math.Sqrt(subcarriers * antennas)).Magnitude, 1e-5);
            }
        }
    }

    [Fact]
    public void Crop_SingleDelay_FallsIntoItsRow()
    {
        using var scope = NewDisposeScope();
        // A path of delay τ = 3/B has H[k] = exp(-j2πk·3/S).
        var phase = arange(16, dtype: ScalarType.Float32) * (-2 * Math.PI * 3 / 16);
        var channel = complex(phase.cos(), phase.sin()).reshape(16, 1, 1).expand(16, 1, 4);
        var rows = Dense.Values(new AngularDelayTransform(new AntennaArray(4), 16, 8).Crop(channel).abs().square().sum([1, 2]));
        Assert.Equal(3, Array.IndexOf(rows, rows.Max()));
        Assert.Equal(64, rows[3], 1e-3);
    }

    [Fact]
    public void Constructor_MoreDelaysThanSubcarriers_Refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AngularDelayTransform(new AntennaArray(4), 16, 17));

    private static double Energy(Tensor tensor) => tensor.abs().square().sum().item<float>();
}
