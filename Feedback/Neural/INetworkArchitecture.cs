namespace Feedback.Neural;

/// <summary>The size of a network: the options of its plug-in, which stand in the recipe and on the model's card.</summary>
public interface INetworkArchitecture
{
    /// <summary>D, delay rows of the crop, at least 1.</summary>
    int Delays { get; }

    /// <summary>A, transmit antennas, at least 1.</summary>
    int Antennas { get; }

    /// <summary>The same network for another array.</summary>
    /// <param name="antennas">A.</param>
    /// <returns>The size.</returns>
    INetworkArchitecture ForAntennas(int antennas);
}
