using static TorchSharp.torch;

namespace Simulator;

/// <summary>A statistical model from which downlink channels are drawn.</summary>
/// <remarks>
/// Implementations are immutable; users, antennas, carrier and normalisation belong to the constructor. Users of one drop share
/// one environment, and what a single user sees does not change statistically with the number of users.
/// </remarks>
public interface IChannelModel
{
    /// <summary>Draws independent drops.</summary>
    /// <param name="batch">B, number of drops, at least 1.</param>
    /// <param name="grid">Slots, subcarriers and their spacing.</param>
    /// <param name="random">The only source of randomness; a CPU generator, so that draws agree on every device.</param>
    /// <returns>H <c>[B, T, U, S, R, A]</c> with its removed gain <c>[B, U]</c>, owned by the caller's dispose scope.</returns>
    ChannelDrop Draw(int batch, ResourceGrid grid, Generator random);
}
