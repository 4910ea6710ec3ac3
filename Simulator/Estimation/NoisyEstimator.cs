using static TorchSharp.torch;

namespace Simulator.Estimation;

/// <summary>A terminal whose channel estimate has a white circular Gaussian error: Ĥ = H + E, E|e|² = 1/SNR per entry.</summary>
/// <remarks>The SNR is that of the estimate relative to a channel of mean |h|² = 1, the normalisation of a drop.</remarks>
public sealed class NoisyEstimator : IChannelEstimator
{
    // Below this count libtorch draws normals by another algorithm.
    private const long FewestDraws = 16;

    private readonly double variance;

    /// <summary>Creates the estimator.</summary>
    /// <param name="snr">SNR of the estimate, linear, positive.</param>
    public NoisyEstimator(double snr)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(snr);
        variance = 1 / snr;
    }

    /// <inheritdoc/>
    public Measurement Measure(Tensor channel, Generator random)
    {
        ArgumentNullException.ThrowIfNull(channel);
        using var scope = NewDisposeScope();
        var count = 2 * channel.numel();
        var draws = randn([Math.Max(count, FewestDraws)], dtype: ScalarType.Float64, generator: random).narrow(0, 0, count);
        var error = view_as_complex((draws * Math.Sqrt(variance / 2)).to(ScalarType.Float32).reshape([.. channel.shape, 2]));
        var measured = channel + error.to(channel.device);                                    // [N, T, S, R, A]
        var variances = full([channel.shape[0]], variance, dtype: ScalarType.Float64, device: channel.device);
        return new Measurement(measured, variances).MoveToOuterDisposeScope();
    }
}
