using Simulator;
using TorchSharp;
using static TorchSharp.torch;

namespace Channels.Impairments;

/// <summary>A channel model seen through an array with errors and with diffuse multipath added.</summary>
/// <remarks>
/// H' = (H + √p·D)·diag(g). The gains g_a = 10^(σ_g n/20)·e^{jσ_φ n'} of the transmit elements, n and n' standard normal, are those of a drop: every drop
/// is another base station. D is white over antennas and decays exponentially with delay from each user's strongest delay row on, the usual model of
/// dense multipath [Richter2005]. Both stay the same over the slots of a drop. The model's own channels are those without impairments.
/// </remarks>
public sealed class ImpairedChannel : IChannelModel
{
    // Diffuse power is followed down to e^-8 of its onset.
    private const double Decays = 8;
    private readonly IChannelModel model;
    private readonly ChannelImpairments impairments;
    private readonly Normalisation normalisation;

    /// <summary>Wraps a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="impairments">What is added.</param>
    /// <param name="normalisation">How each drop is scaled in the end; the model's own is to be the same.</param>
    public ImpairedChannel(IChannelModel model, ChannelImpairments impairments, Normalisation normalisation)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(impairments);
        if (model is IRecordedChannelModel)
            throw new ArgumentException("Impairments are for channels that are drawn; recorded ones are used as they are.", nameof(model));
        (this.model, this.impairments, this.normalisation) = (model, impairments.Validate(), normalisation);
    }

    /// <inheritdoc/>
    public ChannelDrop Draw(int batch, ResourceGrid grid, Generator random)
    {
        ArgumentNullException.ThrowIfNull(grid);
        using var scope = NewDisposeScope();
        var drop = model.Draw(batch, grid, random);
        var channel = drop.Channel;
        if (impairments.DiffusePowerDecibels is { } power)
            channel = channel + Diffuse(channel, Math.Pow(10, power / 10), grid, random);
        var impaired = ChannelDrop.Normalise(channel * ElementGains(channel, random), normalisation);
        return (impaired with { PowerGain = impaired.PowerGain * drop.PowerGain }).MoveToOuterDisposeScope();
    }

    private Tensor ElementGains(Tensor channel, Generator random)
    {
        using var scope = NewDisposeScope();
        var normal = RandomTensors.Normal(random, channel.shape[0], channel.shape[5], 2).to(channel.device);   // [B, A, 2]
        var amplitude = (normal.select(2, 0) * (impairments.GainErrorDecibels * Math.Log(10) / 20)).exp();
        var phase = normal.select(2, 1) * impairments.PhaseErrorAngle;
        var gains = complex(amplitude * phase.cos(), amplitude * phase.sin()).to(channel.dtype);
        return gains.reshape(channel.shape[0], 1, 1, 1, 1, channel.shape[5]).MoveToOuterDisposeScope();
    }

    private Tensor Diffuse(Tensor channel, double share, ResourceGrid grid, Generator random)
    {
        using var scope = NewDisposeScope();
        var (drops, users, subcarriers, receive, antennas) = (channel.shape[0], channel.shape[2], channel.shape[3], channel.shape[4], channel.shape[5]);
        var constant = impairments.DiffuseDecayTime * grid.Bandwidth;                                          // rows
        var taps = (int)Math.Clamp(Math.Ceiling(Decays * constant), 1, subcarriers);
        var profile = (arange(taps, dtype: ScalarType.Float64) / -constant).exp();
        profile = (profile / profile.sum() * (0.5 * share)).sqrt().reshape(1, 1, taps, 1, 1, 1);
        var parts = RandomTensors.Normal(random, drops, users, taps, receive, antennas, 2) * profile;
        var decaying = view_as_complex(parts.to(ScalarType.Float32)).to(channel.device);                       // [B, U, taps, R, A]
        var spectrum = fft.fft_(decaying, n: subcarriers, dim: 2);                                             // [B, U, S, R, A]
        var (power, onset) = Onset(channel);                                                                   // [B, U]
        var turns = onset.unsqueeze(-1) * arange(subcarriers, dtype: ScalarType.Int64, device: channel.device);   // [B, U, S]
        var angle = turns.remainder(subcarriers).to(ScalarType.Float64) * (-2 * Math.PI / subcarriers);
        var delay = complex(angle.cos(), angle.sin()) * power.sqrt().unsqueeze(-1);
        var placed = spectrum * delay.to(channel.dtype).reshape(drops, users, subcarriers, 1, 1);
        return placed.unsqueeze(1).MoveToOuterDisposeScope();                                                  // [B, 1, U, S, R, A]
    }

    // Mean power of each user's channel and its strongest delay row in the first slot.
    private static (Tensor Power, Tensor Row) Onset(Tensor channel)
    {
        using var scope = NewDisposeScope();
        var delays = view_as_real(fft.ifft(channel.select(1, 0), dim: 2, norm: FFTNormType.Ortho)).square();   // [B, U, S, R, A, 2]
        var rows = delays.sum([3, 4, 5], type: ScalarType.Float64);                                            // [B, U, S]
        var entries = channel.shape[3] * channel.shape[4] * channel.shape[5];
        return ((rows.sum([2L]) / entries).MoveToOuterDisposeScope(), rows.argmax(2).MoveToOuterDisposeScope());
    }
}
