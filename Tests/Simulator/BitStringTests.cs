using FsCheck;
using FsCheck.Fluent;
using Simulator;

namespace Tests.Simulator;

/// <summary>Messages as sequences of bits.</summary>
public sealed class BitStringTests
{
    [Fact]
    public void Indexer_FirstBit_MostSignificantOfTheFirstByte()
    {
        var message = new BitString([0b1000_0001, 0b0100_0000], 10);
        Assert.True(message[0]);
        Assert.True(message[7]);
        Assert.False(message[8]);
        Assert.True(message[9]);
        Assert.Throws<ArgumentOutOfRangeException>(() => message[10]);
        Assert.Throws<ArgumentOutOfRangeException>(() => message[-1]);
    }

    [Fact]
    public void Constructor_BitsBehindTheEnd_Cleared()
    {
        var message = new BitString([0xFF, 0xFF, 0xFF], 11);
        Assert.Equal([0xFF, 0b1110_0000], message.Bytes.ToArray());
        Assert.Equal(11, message.Length);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(17)]
    public void Constructor_LengthBeyondTheBuffer_Refused(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BitString(new byte[2], length));

    [Fact]
    public void Equals_SameBits_EqualWithEqualHash() => Check.QuickThrowOnFailure(Prop.ForAll<byte[], byte>((bytes, tail) =>
    {
        var length = Math.Max(0, bytes.Length * 8 - tail % 8);
        var left = new BitString(bytes, length);
        var right = new BitString([.. bytes, tail], length);
        return left.Equals(right) && left.GetHashCode() == right.GetHashCode() && !left.Equals(new BitString([.. bytes, tail], length + 1));
    }));
}
