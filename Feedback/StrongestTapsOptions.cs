using System.Globalization;
using Simulator;

namespace Feedback;

/// <summary>Options of <see cref="StrongestTaps"/>.</summary>
public sealed record StrongestTapsOptions : IRateBudget<StrongestTapsOptions>
{
    /// <summary>K, coefficients reported, 1 … D·R·A.</summary>
    public int Taps { get; init; } = 16;

    /// <summary>b, bits of a real or imaginary part, 1 … 16.</summary>
    public int ValueBits { get; init; } = 4;

    /// <summary>D, delay rows that coefficients are chosen from, 1 … S.</summary>
    public int DelayRows { get; init; } = 32;

    /// <summary>How a part is quantised.</summary>
    public TapQuantizer Quantizer { get; init; } = TapQuantizer.MuLaw;

    /// <summary>μ of the μ-law quantiser, above 0; at most 10^6.</summary>
    public double Mu { get; init; } = 10;

    /// <summary>Bits of the common scale, 8 … 16.</summary>
    public int ScaleBits { get; init; } = 10;

    /// <summary>Messages are filled up with zeros to this many bits; 0: they are not.</summary>
    public int ContainerBits { get; init; }

    /// <inheritdoc/>
    public StrongestTapsOptions WithinBudget(CsiDimensions dimensions, int bits)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        var smallest = Bits(1);
        if (bits < smallest)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"budget is {bits} b; strongest-taps with these options takes at least {smallest} b (one tap)."),
                nameof(bits));
        }
        // Each tap takes at least as many bits more as its two parts, but the position field shrinks again beyond M/2 taps.
        var most = Math.Min(dimensions.ReceiveAntennas * dimensions.TransmitAntennas * DelayRows, bits / (2 * ValueBits));
        var taps = most;
        while (Bits(taps) > bits)
            taps--;
        return this with { Taps = taps, ContainerBits = bits };

        int Bits(int count) => new StrongestTaps(dimensions, this with { Taps = count, ContainerBits = 0 }).MessageBits;
    }
}
