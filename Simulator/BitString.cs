namespace Simulator;

/// <summary>A message of a whole number of bits, most significant bit of the first byte first.</summary>
public sealed class BitString : IEquatable<BitString>
{
    private readonly byte[] bytes;

    /// <summary>Takes a message out of a buffer.</summary>
    /// <param name="bytes">The packed bits; bits behind <paramref name="length"/> are ignored.</param>
    /// <param name="length">Number of bits, 0 … 8·bytes.</param>
    public BitString(ReadOnlySpan<byte> bytes, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, bytes.Length * 8L);
        this.bytes = bytes[..((length + 7) / 8)].ToArray();
        Length = length;
        if (length % 8 != 0)
        {
            this.bytes[^1] &= (byte)(0xFF << (8 - length % 8));
        }
    }

    /// <summary>Number of bits.</summary>
    public int Length { get; }

    /// <summary>The packed bits, the last byte filled with zeros.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>One bit.</summary>
    /// <param name="index">Position, 0 … Length-1.</param>
    /// <returns>Whether the bit is one.</returns>
    public bool this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Length);
            return (bytes[index >> 3] >> (7 - (index & 7)) & 1) != 0;
        }
    }

    /// <inheritdoc/>
    public bool Equals(BitString? other) => other is not null && Length == other.Length && Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as BitString);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Length);
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}
