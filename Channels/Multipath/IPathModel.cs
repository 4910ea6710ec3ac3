using Simulator;
using static TorchSharp.torch;

namespace Channels.Multipath;

/// <summary>A channel model whose channels are sums of plane waves.</summary>
public interface IPathModel : IAngularDelayChannelModel
{
    /// <summary>Draws the paths behind the drops that <see cref="IChannelModel.Draw"/> draws from the same generator state.</summary>
    /// <param name="batch">B, number of drops, at least 1.</param>
    /// <param name="grid">Slots and their duration.</param>
    /// <param name="random">The only source of randomness.</param>
    /// <returns>The paths, owned by the caller's dispose scope.</returns>
    Paths DrawPaths(int batch, ResourceGrid grid, Generator random);

    /// <summary>Renders paths as <see cref="IAngularDelayChannelModel.DrawAngularDelay"/> renders those that it draws.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="grid">Subcarriers.</param>
    /// <param name="delays">D, delay rows kept, 1 … S.</param>
    /// <returns>G, complex64 <c>[B, T, U, D, R, A]</c>, owned by the caller's dispose scope.</returns>
    Tensor Render(Paths paths, ResourceGrid grid, int delays);
}
