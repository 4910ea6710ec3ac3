namespace Simulator;

/// <summary>The subcarriers and slots on which a channel is observed.</summary>
/// <remarks>
/// Subcarrier k of S lies at f_c - B/2 + k·B/S, where the carrier frequency f_c belongs to the channel model.
/// </remarks>
public sealed record ResourceGrid
{
    /// <summary>Creates a grid.</summary>
    /// <param name="subcarriers">S, number of subcarriers, at least 1.</param>
    /// <param name="bandwidth">B, bandwidth [Hz], positive.</param>
    /// <param name="slots">T, number of slots, at least 1.</param>
    /// <param name="slotDuration">Time from one slot to the next [s], positive.</param>
    public ResourceGrid(int subcarriers, double bandwidth, int slots = 1, double slotDuration = 1e-3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(subcarriers, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bandwidth);
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slotDuration);
        Subcarriers = subcarriers;
        Bandwidth = bandwidth;
        Slots = slots;
        SlotDuration = slotDuration;
    }

    /// <summary>S, number of subcarriers.</summary>
    public int Subcarriers { get; }

    /// <summary>B, bandwidth [Hz].</summary>
    public double Bandwidth { get; }

    /// <summary>T, number of slots.</summary>
    public int Slots { get; }

    /// <summary>Time from one slot to the next [s].</summary>
    public double SlotDuration { get; }

    /// <summary>B/S, distance of neighbouring subcarriers [Hz].</summary>
    public double SubcarrierSpacing => Bandwidth / Subcarriers;
}
