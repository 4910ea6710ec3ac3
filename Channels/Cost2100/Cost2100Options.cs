using System.ComponentModel;
using Channels.Multipath;
using Simulator;
using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>How a COST 2100 scenario is observed.</summary>
/// <remarks>Options at the default that an attribute names are left out of descriptions, so that they change no seed.</remarks>
public sealed record Cost2100Options
{
    /// <summary>Path of the JSON file of a scenario of the user's own; empty for those that ship.</summary>
    [DefaultValue("")]
    public string Scenario { get; init; } = "";

    /// <summary>U, users of a drop, at least 1; all in the same environment.</summary>
    public int Users { get; init; } = 1;

    /// <summary>R, elements of each user's half-wavelength uniform linear array along x, at least 1.</summary>
    public int ReceiveAntennas { get; init; } = 1;

    /// <summary>Polarisations of the user's antennas, slowest in their order: 1 (vertical) or 2.</summary>
    [DefaultValue(1)]
    public int ReceivePolarisations { get; init; } = 1;

    /// <summary>The base station's half-wavelength array, first axis along x, second upwards.</summary>
    public AntennaArray Array { get; init; } = new(32);

    /// <summary>How each drop is scaled.</summary>
    public Normalisation Normalisation { get; init; } = Normalisation.Drop;

    /// <summary>Which instant has delay 0.</summary>
    public DelayReference Timing { get; init; } = DelayReference.Absolute;

    /// <summary>Side of the square around the origin in which users are dropped [m]; the scenario's own where nothing is said.</summary>
    public double? AreaSide { get; init; }

    /// <summary>Fixed places of the users as <c>x y; x y; …</c> [m]; empty for places drawn anew in every drop.</summary>
    [DefaultValue("")]
    public string UserPositions { get; init; } = "";

    /// <summary>Speed of every user from the first slot on [m/s]; 0 for users who stand.</summary>
    [DefaultValue(0.0)]
    public double Speed { get; init; }

    /// <summary>Azimuth from the x axis in which all users move [rad]; drawn for each of them where nothing is said.</summary>
    [DefaultValue(null)]
    public double? Direction { get; init; }

    /// <summary>Path of a file with the users' places over time, a line an instant: seconds, and metres x and y of each user; empty for none.</summary>
    [DefaultValue("")]
    public string Trajectory { get; init; } = "";

    /// <summary>Places of the base stations as <c>x y; x y; …</c> [m]; empty for one at the origin.</summary>
    [DefaultValue("")]
    public string BaseStations { get; init; } = "";

    /// <summary>Whose links are drawn, 1 … number of base stations; the environment does not depend on it.</summary>
    [DefaultValue(1)]
    public int BaseStation { get; init; } = 1;

    /// <summary>f_c, centre of the band [Hz]; the scenario's own where nothing is said.</summary>
    [DefaultValue(null)]
    public double? CarrierFrequency { get; init; }

    /// <summary>Whether the model does what the authors' code does.</summary>
    [DefaultValue(Cost2100Mode.Reference)]
    public Cost2100Mode Mode { get; init; } = Cost2100Mode.Reference;

    /// <summary>Single corrections, over what the mode says.</summary>
    [DefaultValue(null)]
    public Corrections Corrections { get; init; } = new();

    /// <summary>Where the drops are computed; where nothing is said, where the random numbers are.</summary>
    public Device? Device { get; init; }
}
