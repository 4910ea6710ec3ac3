using Simulator;
using static TorchSharp.torch;

namespace Channels;

/// <summary>Rich scattering without any structure: every entry of H is an independent CN(0, 1) variable.</summary>
/// <remarks>Independent over drops, slots, users, subcarriers and antennas; what cannot be compressed and so bounds every scheme from below.</remarks>
public sealed class RayleighChannel : IChannelModel
{
    private readonly RayleighOptions options;

    /// <summary>Creates the model.</summary>
    /// <param name="options">Users, antennas and normalisation.</param>
    public RayleighChannel(RayleighOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Users, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ReceiveAntennas, 1);
        this.options = options;
    }

    /// <inheritdoc/>
    public ChannelDrop Draw(int batch, ResourceGrid grid, Generator random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(random);
        using var scope = NewDisposeScope();
        var parts = RandomTensors.Normal(
            random, batch, grid.Slots, options.Users, grid.Subcarriers, options.ReceiveAntennas, options.Array.Ports, 2);
        var channel = view_as_complex(parts.mul(Math.Sqrt(0.5)).to(ScalarType.Float32)).to(options.Device ?? random.device);
        return ChannelDrop.Normalise(channel, options.Normalisation).MoveToOuterDisposeScope();   // [B, T, U, S, R, A]
    }
}
