using System.Numerics;
using Channels.Cost2100;
using Channels.Multipath;
using Simulator;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Channels;

/// <summary>Both renderers against sums that are written down as they stand.</summary>
[DisposesItsTensors]
public sealed class MultipathTests
{
    [Theory]
    [InlineData("indoor-hall-5ghz", 64, 32, 1, 1, DelayReference.Absolute)]
    [InlineData("indoor-hall-5ghz", 50, 4, 3, 2, DelayReference.Los)]
    [InlineData("semi-urban-300mhz-los", 48, 8, 1, 1, DelayReference.FirstPath)]
    public void Draw_AnyArray_SumOverPaths(string scenario, int subcarriers, int first, int second, int receive, DelayReference timing)
    {
        using var scope = NewDisposeScope();
        var options = new Cost2100Options
        {
            Users = 2,
            ReceiveAntennas = receive,
            Array = new AntennaArray(first, second),
            Normalisation = Normalisation.Model,
            Timing = timing,
        };
        var parameters = Cost2100Scenario.Shipped(scenario);
        var model = new Cost2100Channel(parameters, options);
        var grid = new ResourceGrid(subcarriers, 20e6);
        var channel = model.Draw(3, grid, new Generator(4)).Channel[2, 0, 1];                       // [S, R, A]
        var paths = model.DrawPaths(3, grid, new Generator(4));
        double[] Of(Tensor values) => Dense.Values(values[2, 0, 1]);
        var (delays, real, imaginary) = (Of(paths.Delays), Of(paths.Gains.real), Of(paths.Gains.imag));
        var (azimuths, elevations, arrivals) = (Of(paths.DepartureAzimuths), Of(paths.DepartureElevations), Of(paths.ArrivalAzimuths));
        var scale = Math.Sqrt(delays.Select((_, p) => real[p] * real[p] + imaginary[p] * imaginary[p]).Sum());

        for (var r = 0; r < receive; r++)
        {
            var rendered = Dense.Matrix(channel.select(1, r));
            for (var k = 0; k < subcarriers; k += 7)
            {
                var frequency = parameters.CarrierFrequency - 10e6 + k * grid.SubcarrierSpacing;
                for (var a = 0; a < first * second; a++)
                {
                    var sum = Complex.Zero;
                    for (var p = 0; p < delays.Length; p++)
                    {
                        var phase = 2 * frequency * delays[p] + r * Math.Cos(arrivals[p])
                            + a / second * Math.Cos(azimuths[p]) + a % second * Math.Sin(elevations[p]);
                        sum += new Complex(real[p], imaginary[p]) * Complex.Exp(new Complex(0, -Math.PI * phase));
                    }
                    // Float32 phasors and sums of up to a thousand terms: 1e-5 of the root of the power is some hundred roundings.
                    Assert.True((sum - rendered[k, a]).Magnitude < 1e-5 * scale, $"k = {k}, a = {a}, r = {r}");
                }
            }
        }
    }

    [Theory]
    [InlineData("indoor-hall-5ghz", 1024, 32, 1, 1, 1)]
    [InlineData("indoor-hall-5ghz", 75, 4, 2, 2, 3)]
    [InlineData("semi-urban-300mhz-los", 1024, 32, 1, 1, 1)]
    [InlineData("semi-urban-300mhz-nlos", 256, 7, 1, 2, 2)]
    public void DrawAngularDelay_SameGeneratorState_CropOfDraw(string scenario, int subcarriers, int first, int second, int receive, int users)
    {
        using var scope = NewDisposeScope();
        var array = new AntennaArray(first, second);
        var options = new Cost2100Options { Users = users, ReceiveAntennas = receive, Array = array, Normalisation = Normalisation.Model };
        var model = new Cost2100Channel(Cost2100Scenario.Shipped(scenario), options);
        var grid = new ResourceGrid(subcarriers, 20e6, slots: 2);
        var crop = model.DrawAngularDelay(5, grid, 32, new Generator(9));
        var expected = new AngularDelayTransform(array, subcarriers, 32).Crop(model.Draw(5, grid, new Generator(9)).Channel);
        Assert.Equal(expected.shape, crop.shape);
        var error = view_as_real(crop - expected).square().sum([1, 3, 4, 5, 6]).sqrt() / view_as_real(expected).square().sum([1, 3, 4, 5, 6]).sqrt();
        // Two float32 renderings of the same float64 paths, one over a spreading kernel of relative error 1e-6.
        Assert.All(Dense.Values(error), value => Assert.True(value < 5e-6, $"relative error {value}"));
    }
}
