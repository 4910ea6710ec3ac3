using Feedback.Coding;
using Simulator;

namespace Tests.Feedback.Coding;

public sealed class BitStreamTests
{
    [Fact]
    public void Write_Fields_GoesMostSignificantBitFirst()
    {
        var writer = new BitWriter();
        writer.Write(0b101, 3);
        writer.Write(0x1FF, 9);
        writer.Write(0, 1);

        var message = writer.ToBitString();

        Assert.Equal(13, message.Length);
        Assert.Equal([0b1011_1111, 0b1111_0000], message.Bytes.ToArray());
    }

    [Fact]
    public void Read_RandomFields_ReturnsWhatWasWritten()
    {
        var random = new Random(1);
        var fields = Enumerable.Range(0, 2000).Select(_ => random.Next(1, 65))
            .Select(width => (Value: (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> (64 - width), Width: width)).ToArray();
        var writer = new BitWriter(1);
        foreach (var (value, width) in fields)
            writer.Write(value, width);

        var reader = new BitReader(writer.ToBitString());

        Assert.Equal(fields.Sum(field => field.Width), writer.Length);
        Assert.All(fields, field => Assert.Equal(field.Value, reader.Read(field.Width)));
        Assert.Equal(writer.Length, reader.Position);
    }

    [Fact]
    public void Read_PastTheEnd_IsRefusedByName()
    {
        var reader = new BitReader(new BitString([0xFF, 0xFF], 11));
        reader.Read(5);

        var exception = Assert.Throws<InvalidMessageException>(() => reader.Read(7));

        Assert.Equal("The message has 11 bits, but a field of 7 bits begins at bit 5.", exception.Message);
        Assert.Equal(0x3FUL, reader.Read(6));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void WriteRead_WidthOutOf1To64_Throws(int width)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BitWriter().Write(0, width));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BitReader(new BitString(new byte[16], 128)).Read(width));
    }

    [Fact]
    public void Write_ValueWiderThanField_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BitWriter().Write(8, 3));

    [Fact]
    public void ReadIndex_OutOfRange_IsRefusedByName()
    {
        var exception = Assert.Throws<InvalidMessageException>(
            () => new BitReader(new BitString([0b1010_0000], 3)).ReadIndex(3, 5, "beam"));

        Assert.Equal("The field 'beam' is 5; permitted is 0 … 4.", exception.Message);
        Assert.Equal(0, new BitReader(new BitString([], 0)).ReadIndex(0, 1, "beam"));
    }

    [Fact]
    public void PadTo_LongerAndShorter_OnlyLengthens()
    {
        var writer = new BitWriter(1);
        writer.Write(1, 1);
        writer.PadTo(40);
        writer.PadTo(3);

        Assert.Equal(new BitString([0x80, 0, 0, 0, 0], 40), writer.ToBitString());
    }
}
