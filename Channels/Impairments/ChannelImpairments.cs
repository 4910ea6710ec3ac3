namespace Channels.Impairments;

/// <summary>What a real array and a real environment add to a channel model's sum of paths.</summary>
public sealed record ChannelImpairments
{
    /// <summary>Standard deviation of each transmit element's gain error [dB], at least 0.</summary>
    public double GainErrorDecibels { get; init; }

    /// <summary>Standard deviation of each transmit element's phase error [rad], at least 0.</summary>
    public double PhaseErrorAngle { get; init; }

    /// <summary>Power of diffuse multipath relative to the model's own channel [dB]; none where nothing is said.</summary>
    public double? DiffusePowerDecibels { get; init; }

    /// <summary>Delay over which diffuse power falls by e [s], above 0.</summary>
    public double DiffuseDecayTime { get; init; } = 100e-9;

    /// <summary>Refuses what cannot be.</summary>
    /// <returns>The impairments.</returns>
    /// <exception cref="ArgumentException">With the name of the option.</exception>
    public ChannelImpairments Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(GainErrorDecibels, "gain-error");
        ArgumentOutOfRangeException.ThrowIfNegative(PhaseErrorAngle, "phase-error-angle");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(DiffuseDecayTime, "diffuse-decay-time");
        return this;
    }
}
