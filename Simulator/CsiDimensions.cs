namespace Simulator;

/// <summary>What terminal and base station agree on before the first report: the size of the CSI.</summary>
/// <param name="Subcarriers">S, number of subcarriers.</param>
/// <param name="ReceiveAntennas">R, receive antennas of a terminal.</param>
/// <param name="Array">The transmit array with A ports.</param>
public sealed record CsiDimensions(int Subcarriers, int ReceiveAntennas, AntennaArray Array)
{
    /// <summary>A, number of transmit antenna ports.</summary>
    public int TransmitAntennas => Array.Ports;
}
