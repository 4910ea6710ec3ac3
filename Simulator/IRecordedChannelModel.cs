namespace Simulator;

/// <summary>A channel model with a finite stock of drops in a fixed order, each of which a run uses once.</summary>
/// <remarks>
/// A runner takes block b of size n by <see cref="Read"/> from drop b·n on, so that N recorded drops are the drops 0 … N-1 of the run;
/// <see cref="IChannelModel.Draw"/>, which knows no position, picks among them at random.
/// </remarks>
public interface IRecordedChannelModel : IChannelModel
{
    /// <summary>N, the number of drops in stock.</summary>
    int Count { get; }

    /// <summary>Reads drops by their position.</summary>
    /// <param name="first">Position of the first drop, 0 … N-1.</param>
    /// <param name="batch">B, number of drops, at least 1 and at most N - first.</param>
    /// <param name="grid">Slots, subcarriers and their spacing; both numbers must be those recorded.</param>
    /// <returns>The drops, owned by the caller's dispose scope.</returns>
    ChannelDrop Read(int first, int batch, ResourceGrid grid);
}
