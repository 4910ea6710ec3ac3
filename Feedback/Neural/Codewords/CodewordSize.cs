namespace Feedback.Neural.Codewords;

/// <summary>What an autoencoder with a codeword is given and makes of it.</summary>
/// <param name="Delays">D, delay rows of the crop.</param>
/// <param name="Antennas">A, transmit antennas.</param>
/// <param name="Codeword">M, values of the codeword.</param>
public sealed record CodewordSize(int Delays, int Antennas, int Codeword)
{
    /// <summary>2·D·A, real values of a crop.</summary>
    public int Values => 2 * Delays * Antennas;

    /// <summary>Refuses what cannot be built.</summary>
    /// <returns>The size.</returns>
    public CodewordSize Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Delays, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Antennas, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Codeword, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Codeword, Values);
        return this;
    }
}
