using static TorchSharp.torch;

namespace Simulator;

/// <summary>A block of drops: the channels of all users and the gains that normalisation removed from them.</summary>
/// <param name="Channel">H, complex64 <c>[B, T, U, S, R, A]</c>.</param>
/// <param name="PowerGain">Removed power gain, linear, float64 <c>[B, U]</c>: the model's H is √gain times this H.</param>
public sealed record ChannelDrop(Tensor Channel, Tensor PowerGain)
{
    /// <summary>Applies a normalisation to channels as a model made them.</summary>
    /// <param name="channel">Unnormalised H, complex64 <c>[B, T, U, S, R, A]</c>.</param>
    /// <param name="normalisation">What to divide out.</param>
    /// <returns>The drop; a user whose channel is all zero keeps it, with gain 0.</returns>
    public static ChannelDrop Normalise(Tensor channel, Normalisation normalisation)
    {
        using var scope = NewDisposeScope();
        var (drops, users) = (channel.shape[0], channel.shape[2]);
        if (normalisation == Normalisation.Model)
        {
            var unity = ones([drops, users], dtype: ScalarType.Float64, device: channel.device);
            return new ChannelDrop(channel.alias(), unity).MoveToOuterDisposeScope();
        }
        var power = view_as_real(channel).square().mean([1, 3, 4, 5, 6], type: ScalarType.Float64) * 2;   // [B, U]
        var scale = (power + (power <= 0)).rsqrt().to(ScalarType.Float32);          // [B, U]
        var normalised = channel * scale.reshape(drops, 1, users, 1, 1, 1);
        return new ChannelDrop(normalised, power).MoveToOuterDisposeScope();
    }

    /// <summary>Hands both tensors to the enclosing dispose scope.</summary>
    /// <returns>This drop.</returns>
    public ChannelDrop MoveToOuterDisposeScope()
    {
        Channel.MoveToOuterDisposeScope();
        PowerGain.MoveToOuterDisposeScope();
        return this;
    }
}
