using System.Globalization;
using Simulator;

namespace Feedback.Codebooks;

/// <summary>Options of <see cref="RandomVector"/>.</summary>
public sealed record RandomVectorOptions : IRateBudget<RandomVectorOptions>
{
    /// <summary>B, bits of an index, 1 … 16: the codebook holds 2^B vectors.</summary>
    public int Bits { get; init; } = 8;

    /// <summary>Equal parts of the band, each with an index of its own; divides S.</summary>
    public int Subbands { get; init; } = 1;

    /// <summary>Of the codebook, the same on both sides.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Messages are filled up with zeros to this many bits; 0: they are not.</summary>
    public int ContainerBits { get; init; }

    /// <inheritdoc/>
    public RandomVectorOptions WithinBudget(CsiDimensions dimensions, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        return bits >= Subbands
            ? this with { Bits = Math.Min(bits / Math.Max(Subbands, 1), RandomVector.MostBits), ContainerBits = bits }
            : throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"budget is {bits} b; random-vector takes at least {Subbands} b (a bit for each subband)."), nameof(bits));
    }
}
