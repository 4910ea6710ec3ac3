namespace Channels.Multipath;

/// <summary>Which instant has delay 0: when a terminal opens its receive window.</summary>
public enum DelayReference
{
    /// <summary>The instant of transmission: delays are those of propagation.</summary>
    Absolute,

    /// <summary>The arrival of the straight line between base station and user, whether it is there or not.</summary>
    Los,

    /// <summary>The arrival of the user's first path.</summary>
    FirstPath,
}
