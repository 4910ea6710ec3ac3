using System.Globalization;
using Feedback.Models;
using Simulator;

namespace Feedback.Neural;

/// <summary>Refuses CSI of another size than a network was made for.</summary>
internal static class NetworkDimensions
{
    public static void Check(string name, int antennas, int delays, CsiDimensions dimensions)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        if (dimensions.TransmitAntennas != antennas)
        {
            throw new InvalidModelException(string.Create(CultureInfo.InvariantCulture,
                $"The model '{name}' is for {antennas} transmit antennas; the scenario has {dimensions.TransmitAntennas}."));
        }
        if (dimensions.Subcarriers < delays)
        {
            throw new InvalidModelException(string.Create(CultureInfo.InvariantCulture,
                $"The model '{name}' is for {delays} delay rows and needs at least as many subcarriers; the scenario has {dimensions.Subcarriers}."));
        }
    }
}
