using static TorchSharp.torch;

namespace Simulator.Estimation;

/// <summary>A terminal that knows its channel exactly.</summary>
public sealed class PerfectEstimator : IChannelEstimator
{
    /// <inheritdoc/>
    public Measurement Measure(Tensor channel, Generator random)
    {
        ArgumentNullException.ThrowIfNull(channel);
        var variance = zeros([channel.shape[0]], dtype: ScalarType.Float64, device: channel.device);
        return new Measurement(channel.alias(), variance);
    }
}
