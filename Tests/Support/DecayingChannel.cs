using Simulator;
using static TorchSharp.torch;

namespace Tests.Support;

/// <summary>The channels of <see cref="TestMeasurements.Draw"/> as a model to fit to.</summary>
/// <param name="dimensions">The size of the CSI.</param>
public sealed class DecayingChannel(CsiDimensions dimensions) : IChannelModel
{
    /// <inheritdoc/>
    public ChannelDrop Draw(int batch, ResourceGrid grid, Generator random)
    {
        using var scope = NewDisposeScope();
        var seed = (ulong)(rand([16], dtype: ScalarType.Float64, generator: random)[0].item<double>() * (1L << 40));
        var channel = TestMeasurements.Draw(dimensions, batch, seed).Channel.unsqueeze(1);        // [B, T, U, S, R, A]
        return ChannelDrop.Normalise(channel, Normalisation.Model).MoveToOuterDisposeScope();
    }
}
