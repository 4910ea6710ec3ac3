using static TorchSharp.torch;

namespace Simulator;

/// <summary>A channel model that renders its drops straight into the first delay rows, without going through all subcarriers.</summary>
public interface IAngularDelayChannelModel : IChannelModel
{
    /// <summary>Draws the drops that <see cref="IChannelModel.Draw"/> draws from the same generator state, as unitary crops.</summary>
    /// <param name="batch">B, number of drops, at least 1.</param>
    /// <param name="grid">Slots, subcarriers and their spacing.</param>
    /// <param name="delays">D, delay rows kept, 1 … S.</param>
    /// <param name="random">The only source of randomness.</param>
    /// <returns>
    /// G, complex64 <c>[B, T, U, D, R, A]</c> as <see cref="AngularDelayTransform.Crop"/> gives it of the model's H <em>before</em>
    /// normalisation; owned by the caller's dispose scope.
    /// </returns>
    Tensor DrawAngularDelay(int batch, ResourceGrid grid, int delays, Generator random);
}
