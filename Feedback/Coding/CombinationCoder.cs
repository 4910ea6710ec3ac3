using System.Numerics;
using Simulator;

namespace Feedback.Coding;

/// <summary>Numbers the subsets of K out of M positions, so that a subset takes ⌈log2 C(M, K)⌉ bits: enumerative coding [Cover1973].</summary>
/// <remarks>
/// The number of a subset p_1 &lt; … &lt; p_K is Σ_i C(p_i, i), the combinatorial number system; all arithmetic is exact. Both sides
/// walk down the positions and update one binomial coefficient, so a subset costs M small multiplications and divisions.
/// </remarks>
public sealed class CombinationCoder
{
    private readonly BigInteger subsets;
    private readonly BigInteger first;

    /// <summary>Creates a coder.</summary>
    /// <param name="total">M, number of positions, at least 1.</param>
    /// <param name="chosen">K, size of the subset, 1 … M.</param>
    public CombinationCoder(int total, int chosen)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(total, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(chosen, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(chosen, total);
        Total = total;
        Chosen = chosen;
        subsets = Binomial(total, chosen);
        first = subsets * (total - chosen) / total;                                 // C(M-1, K)
        Bits = (int)(subsets - 1).GetBitLength();
    }

    /// <summary>M, number of positions.</summary>
    public int Total { get; }

    /// <summary>K, size of the subset.</summary>
    public int Chosen { get; }

    /// <summary>⌈log2 C(M, K)⌉, number of bits of a subset.</summary>
    public int Bits { get; }

    /// <summary>The binomial coefficient C(n, k).</summary>
    /// <param name="n">Size of the set, at least 0.</param>
    /// <param name="k">Size of the subset, at least 0.</param>
    /// <returns>n! / (k! (n-k)!), 0 if k exceeds n.</returns>
    public static BigInteger Binomial(int n, int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        if (k > n)
            return BigInteger.Zero;
        var result = BigInteger.One;
        for (var i = 1; i <= Math.Min(k, n - k); i++)
            result = result * (n - i + 1) / i;
        return result;
    }

    /// <summary>Writes a subset.</summary>
    /// <param name="writer">The message.</param>
    /// <param name="positions">K positions, increasing, each 0 … M-1.</param>
    public void Write(BitWriter writer, ReadOnlySpan<long> positions)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentOutOfRangeException.ThrowIfNotEqual(positions.Length, Chosen);
        var number = BigInteger.Zero;
        var below = first;                                                          // C(n, k) at n = position, k = those left
        var left = Chosen;
        for (var position = Total - 1; left > 0 && position >= left; position--)
        {
            var member = positions[left - 1] == position;
            if (member)
                number += below;
            below = Next(below, position, member ? left-- : position - left);
        }
        WriteNumber(writer, number);
    }

    /// <summary>Reads a subset.</summary>
    /// <param name="reader">The message.</param>
    /// <param name="positions">Takes the K positions, increasing.</param>
    /// <exception cref="InvalidMessageException">The message is too short, or its number is not that of a subset.</exception>
    public void Read(BitReader reader, Span<int> positions)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentOutOfRangeException.ThrowIfNotEqual(positions.Length, Chosen);
        var number = ReadNumber(reader);
        if (number >= subsets)
            throw new InvalidMessageException("The field 'positions' is not the number of a subset.");
        var below = first;
        var left = Chosen;
        for (var position = Total - 1; left > 0; position--)
        {
            // Fewer positions than members are left below: all of them are members.
            var member = position < left || number >= below;
            if (member)
            {
                number -= below;
                positions[left - 1] = position;
            }
            below = Next(below, position, member ? left-- : position - left);
        }
    }

    // C(n-1, k-1) = C(n, k)·k/n and C(n-1, k) = C(n, k)·(n-k)/n.
    private static BigInteger Next(BigInteger binomial, int n, int factor) =>
        n == 0 || binomial.IsZero ? BigInteger.Zero : binomial * factor / n;

    private void WriteNumber(BitWriter writer, BigInteger number)
    {
        for (var remaining = Bits; remaining > 0;)
        {
            var width = remaining % 64 == 0 ? 64 : remaining % 64;
            remaining -= width;
            writer.Write((ulong)(number >> remaining & ulong.MaxValue), width);
        }
    }

    private BigInteger ReadNumber(BitReader reader)
    {
        var number = BigInteger.Zero;
        for (var remaining = Bits; remaining > 0;)
        {
            var width = remaining % 64 == 0 ? 64 : remaining % 64;
            remaining -= width;
            number = (number << width) + reader.Read(width);
        }
        return number;
    }
}
