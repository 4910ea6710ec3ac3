using Simulator;

namespace Experiments.Configuration;

/// <summary>What a scenario and a link say to any channel model.</summary>
/// <param name="Users">U, users of a drop.</param>
/// <param name="ReceiveAntennas">R, receive antennas of a user.</param>
/// <param name="Array">The transmit array.</param>
/// <param name="Normalisation">How each drop is scaled.</param>
/// <param name="Grid">What will be drawn, so that a model can refuse it beforehand; null where that is not known yet.</param>
public sealed record ChannelSetup(int Users, int ReceiveAntennas, AntennaArray Array, Normalisation Normalisation, ResourceGrid? Grid = null);
