using Simulator;
using static TorchSharp.torch;

namespace Tests.Support;

/// <summary>Channels whose angular-delay crops a test draws itself, all within D delays.</summary>
/// <param name="dimensions">The size of the CSI.</param>
/// <param name="delays">D.</param>
/// <param name="draw">So many crops, complex64 <c>[B, D, R, A]</c>.</param>
internal sealed class CropChannel(CsiDimensions dimensions, int delays, Func<int, Generator, Tensor> draw) : IChannelModel
{
    /// <inheritdoc/>
    public ChannelDrop Draw(int batch, ResourceGrid grid, Generator random)
    {
        using var scope = NewDisposeScope();
        var transform = new AngularDelayTransform(dimensions.Array, dimensions.Subcarriers, delays);
        var channel = transform.Restore(draw(batch, random)).unsqueeze(1).unsqueeze(1);        // [B, T, U, S, R, A]
        return ChannelDrop.Normalise(channel, Normalisation.Model).MoveToOuterDisposeScope();
    }
}
