using Simulator;
using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Support;

/// <summary>Measurements to report on.</summary>
public static class TestMeasurements
{
    /// <summary>Channels whose angular-delay entries are Gaussian with a power that decays by e every two delay rows.</summary>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <param name="reports">N, number of reports.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <param name="scale">What every channel is multiplied by.</param>
    /// <returns>The measurement <c>[N, 1, S, R, A]</c>.</returns>
    public static Measurement Draw(CsiDimensions dimensions, int reports, ulong seed = 1, double scale = 1)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(seed);
        long[] shape = [reports, dimensions.Subcarriers, dimensions.ReceiveAntennas, dimensions.TransmitAntennas, 2];
        var decay = arange(dimensions.Subcarriers, dtype: ScalarType.Float64).div(-4).exp().reshape(-1, 1, 1, 1);
        var parts = randn(shape, dtype: ScalarType.Float64, generator: random) * decay;
        var transform = new AngularDelayTransform(dimensions.Array, dimensions.Subcarriers, dimensions.Subcarriers);
        var channel = view_as_real(transform.Restore(view_as_complex(parts.to(ScalarType.Float32)))) * scale;
        return Of(view_as_complex(channel)).MoveToOuterDisposeScope();
    }

    /// <summary>A measurement of given channels in a single slot.</summary>
    /// <param name="channel">H, complex64 <c>[N, S, R, A]</c>.</param>
    /// <returns>The measurement <c>[N, 1, S, R, A]</c>.</returns>
    public static Measurement Of(Tensor channel) =>
        new(channel.unsqueeze(1), zeros([channel.shape[0]], dtype: ScalarType.Float64));

    /// <summary>Some of the reports of a measurement.</summary>
    /// <param name="measurement">The measurement.</param>
    /// <param name="first">Position of the first.</param>
    /// <param name="count">Their number.</param>
    /// <returns>A view.</returns>
    public static Measurement Part(this Measurement measurement, int first, int count = 1) =>
        new(measurement.Channel.narrow(0, first, count), measurement.NoiseVariance.narrow(0, first, count));

    /// <summary>Mean over reports of ||H - Ĥ||²/||H||², linear.</summary>
    /// <param name="measurement">H in a single slot.</param>
    /// <param name="report">Ĥ.</param>
    /// <returns>The normalised mean square error.</returns>
    public static double NormalisedError(Measurement measurement, Report report)
    {
        using var scope = NewDisposeScope();
        var truth = view_as_real(measurement.Channel.select(1, 0)).to(ScalarType.Float64).flatten(1);
        var found = view_as_real(report.Rows).to(ScalarType.Float64).flatten(1);
        return ((truth - found).square().sum(1) / truth.square().sum(1)).mean().ToDouble();
    }

    /// <summary>All numbers of a report.</summary>
    /// <param name="report">The report.</param>
    /// <returns>Real and imaginary parts of the rows.</returns>
    public static float[] Numbers(this Report report)
    {
        using var parts = view_as_real(report.Rows).contiguous().flatten();
        return parts.data<float>().ToArray();
    }
}
