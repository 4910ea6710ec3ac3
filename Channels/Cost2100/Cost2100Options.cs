using Channels.Multipath;
using Simulator;
using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>How a COST 2100 scenario is observed.</summary>
public sealed record Cost2100Options
{
    /// <summary>U, users of a drop, at least 1; all in the same environment.</summary>
    public int Users { get; init; } = 1;

    /// <summary>R, elements of each user's half-wavelength uniform linear array along x, at least 1.</summary>
    public int ReceiveAntennas { get; init; } = 1;

    /// <summary>The base station's half-wavelength array, first axis along x, second upwards; one polarisation.</summary>
    public AntennaArray Array { get; init; } = new(32);

    /// <summary>How each drop is scaled.</summary>
    public Normalisation Normalisation { get; init; } = Normalisation.Drop;

    /// <summary>Which instant has delay 0.</summary>
    public DelayReference Timing { get; init; } = DelayReference.Absolute;

    /// <summary>Side of the square around the base station in which users are dropped [m]; the scenario's own where nothing is said.</summary>
    public double? AreaSide { get; init; }

    /// <summary>Where the drops are computed; where nothing is said, where the random numbers are.</summary>
    public Device? Device { get; init; }
}
