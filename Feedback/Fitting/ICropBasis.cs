namespace Feedback.Fitting;

/// <summary>What crops are turned into before a codec codes them, and back: many at once, so that it can be one matrix product.</summary>
/// <remarks>What comes out may differ by rounding between machines, never between a report alone and the same report among others.</remarks>
public interface ICropBasis
{
    /// <summary>Number of values of a report that the codec sees.</summary>
    int Values { get; }

    /// <summary>Terminal side.</summary>
    /// <param name="crops">Crops as <see cref="ICropCodec"/> describes them, N x 2·D·R·A.</param>
    /// <param name="count">N.</param>
    /// <returns>N x <see cref="Values"/>.</returns>
    float[] Analyse(float[] crops, int count);

    /// <summary>Base-station side.</summary>
    /// <param name="values">What the codec has read, N x <see cref="Values"/>.</param>
    /// <param name="count">N.</param>
    /// <returns>Crops, N x 2·D·R·A.</returns>
    float[] Synthesise(float[] values, int count);
}
