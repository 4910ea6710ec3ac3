using Simulator.Files;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Simulator.Files;

/// <summary>MATLAB files: those of another tool, our own, and everything that can be wrong with one.</summary>
[DisposesItsTensors]
public sealed class MatFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("plain.mat", 1)]
    [InlineData("compressed.mat", 1)]
    [InlineData("big-endian.mat", 2)]
    public void Read_FilesOfScipy_RowsInOurOrder(string name, int factor)
    {
        using var scope = NewDisposeScope();
        var array = MatFile.Read(ReferenceFile.Mat(name));
        Assert.Equal(("H", true), (array.Name, array.IsComplex));
        Assert.Equal([3, 4, 2], array.Shape);
        var rows = array.Rows(1, 2);
        for (var i = 0; i < 2; i++)
        {
            for (var j = 0; j < 4; j++)
            {
                for (var k = 0; k < 2; k++)
                {
                    Assert.Equal(factor * (100 * (i + 1) + 10 * j + k), rows[i, j, k].real.item<float>());
                    Assert.Equal(factor * (i + 1 - j + k / 2.0), rows[i, j, k].imag.item<float>());
                }
            }
        }
    }

    [Theory]
    [InlineData("float64")]
    [InlineData("float32")]
    [InlineData("int8")]
    [InlineData("uint8")]
    [InlineData("int16")]
    [InlineData("uint16")]
    [InlineData("int32")]
    [InlineData("uint32")]
    [InlineData("int64")]
    [InlineData("uint64")]
    public void Read_EveryNumericClass_SameNumbers(string type)
    {
        using var scope = NewDisposeScope();
        var array = MatFile.Read(ReferenceFile.Mat("classes.mat"), "v_" + type);
        Assert.False(array.IsComplex);
        Assert.Equal([0.0, 1, 2, 10, 11, 12], Dense.Values(array.Rows(0, 2).flatten()));
    }

    [Fact]
    public void Read_NegativeIntegers_KeepTheirSign()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([-3.0, 5], Dense.Values(MatFile.Read(ReferenceFile.Mat("classes.mat"), "sign").Rows(0, 1).flatten()));
    }

    [Theory]
    [InlineData("plain.mat", "G", "has no variable 'G'; found: H (3 x 4 x 2 complex double), note (1 x 20 char), parts (1 x 1 struct)")]
    [InlineData("plain.mat", "note", "'note' is of class char; permitted are full arrays of double, single or integer numbers.")]
    [InlineData("classes.mat", "cells", "'cells' is of class cell")]
    [InlineData("classes.mat", "", "does not hold exactly one array of numbers, so that the variable must be named; found: v_float64 (2 x 3 double), v_float32")]
    [InlineData("nan.mat", "", "'H' holds NaN in row 1; every entry must be finite in single precision.")]
    [InlineData("make.py", "", "is not a .mat file of level 5")]
    public void Read_WrongVariableOrValue_SaysWhatIsThere(string name, string variable, string sentence)
    {
        var error = Assert.Throws<MatFormatException>(() => MatFile.Read(ReferenceFile.Mat(name), variable));
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(ReferenceFile.Mat(name), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain.mat")]
    [InlineData("compressed.mat")]
    [InlineData("big-endian.mat")]
    public void Read_CutAnywhere_RefusedAsCutShort(string name)
    {
        var whole = File.ReadAllBytes(ReferenceFile.Mat(name));
        for (var length = 129; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(folder["cut.mat"], whole[..length]);
            // A file that ends just behind H, before the other variables, is whole.
            if (Record(folder["cut.mat"]) is { } error)
                Assert.Contains("cut short", error.Message, StringComparison.Ordinal);
            else
                Assert.True(name == "plain.mat" && (length - 128) % 8 == 0);
        }
        File.WriteAllBytes(folder["cut.mat"], whole[..100]);
        Assert.Contains("is not a .mat file", Record(folder["cut.mat"])!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain.mat")]
    [InlineData("compressed.mat")]
    public void Read_AnyByteDamaged_SentenceOrNumbers(string name)
    {
        var whole = File.ReadAllBytes(ReferenceFile.Mat(name));
        for (var position = 116; position < whole.Length; position += position < 256 ? 1 : 5)
        {
            foreach (var flipped in new byte[] { 0x01, 0xFF })
            {
                var damaged = (byte[])whole.Clone();
                damaged[position] ^= flipped;
                File.WriteAllBytes(folder["bad.mat"], damaged);
                // Whatever the bytes mean now, there is a sentence or there are numbers, never another exception.
                Record(folder["bad.mat"]);
            }
        }
    }

    [Fact]
    public void Read_DamagedCompressedData_CaughtByTheChecksum()
    {
        var whole = File.ReadAllBytes(ReferenceFile.Mat("compressed.mat"));
        using var scope = NewDisposeScope();
        var numbers = MatFile.Read(ReferenceFile.Mat("compressed.mat")).Rows(0, 3);
        // The first variable: a head of 8 bytes at byte 128, zlib's two bytes, then compressed data, then a checksum of four bytes.
        var (first, end) = (128 + 8 + 2, 128 + 8 + (int)BitConverter.ToUInt32(whole, 132));
        for (var position = first; position < end; position++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[position] ^= (byte)(1 << position % 8);
            File.WriteAllBytes(folder["bad.mat"], damaged);
            // Where there are numbers all the same, the damage is in bits that only fill a byte or end the stream.
            if (Record(folder["bad.mat"]) is null)
                Assert.True(MatFile.Read(folder["bad.mat"]).Rows(0, 3).Equals(numbers), $"byte {position}");
        }
    }

    [Fact]
    public void Read_ShapeOfNoMemory_Refused()
    {
        var bytes = File.ReadAllBytes(ReferenceFile.Mat("plain.mat"));
        // Axes of 3, 4 and 2 are the first numbers behind the heads of variable, flags and shape.
        Assert.Equal(3, BitConverter.ToInt32(bytes, 160));
        foreach (var axis in new[] { 160, 164, 168 })
            BitConverter.GetBytes(int.MaxValue).CopyTo(bytes, axis);
        File.WriteAllBytes(folder["bad.mat"], bytes);
        Assert.Contains("is too large to be kept in memory; save it as .npy, which is read piece by piece.", Record(folder["bad.mat"])!.Message, StringComparison.Ordinal);
        BitConverter.GetBytes(1000).CopyTo(bytes, 160);
        BitConverter.GetBytes(1000).CopyTo(bytes, 164);
        BitConverter.GetBytes(1000).CopyTo(bytes, 168);
        File.WriteAllBytes(folder["bad.mat"], bytes);
        Assert.Contains("is cut short or damaged: 192 bytes of data stand where 1000000000 numbers are expected.", Record(folder["bad.mat"])!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MATLAB 7.3 MAT-file, Platform: GLNXA64", (byte)0x00, (byte)0x02, "is a MATLAB 7.3 file (HDF5); save the variable again with save(..., '-v7').")]
    [InlineData("MATLAB 5.0 MAT-file", (byte)0x07, (byte)0x03, "of an unknown version")]
    public void Read_OtherVersions_Refused(string text, byte low, byte high, string sentence)
    {
        byte[] header = [.. System.Text.Encoding.ASCII.GetBytes(text.PadRight(124)), low, high, (byte)'I', (byte)'M'];
        File.WriteAllBytes(folder["a.mat"], header);
        Assert.Contains(sentence, Record(folder["a.mat"])!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteRead_ComplexInBlocks_Exact()
    {
        using var scope = NewDisposeScope();
        var values = Gaussian.Draw(3, 7, 1, 2, 5, 1, 3);
        using (var writer = new MatWriter(folder["a.mat"], "H", ScalarType.ComplexFloat32, values.shape))
        {
            writer.Append(values.narrow(0, 0, 4));
            writer.Append(values.narrow(0, 4, 3));
            writer.Complete();
        }
        var read = MatFile.Read(folder["a.mat"], "H");
        Assert.Equal(values.shape, read.Shape);
        Assert.True(read.Rows(0, 7).Equals(values));
        Assert.True(read.Rows(5, 1).Equals(values.narrow(0, 5, 1)));
    }

    [Fact]
    public void WriteRead_RealOfOddSize_Exact()
    {
        using var scope = NewDisposeScope();
        var values = arange(15, dtype: ScalarType.Float32).reshape(3, 5);
        using (var writer = new MatWriter(folder["a.mat"], "values", ScalarType.Float32, 3, 5))
        {
            writer.Append(values);
            writer.Complete();
        }
        Assert.True(MatFile.Read(folder["a.mat"]).Rows(0, 3).Equals(values));
    }

    [Fact]
    public void Write_IncompleteOrTooLarge_LeavesNothing()
    {
        using var scope = NewDisposeScope();
        using (var writer = new MatWriter(folder["a.mat"], "H", ScalarType.Float32, 3, 2))
        {
            writer.Append(ones(2, 2));
            Assert.Throws<ArgumentException>(() => writer.Append(ones(2, 2)));
            Assert.Throws<ArgumentException>(() => writer.Append(ones([1, 2], dtype: ScalarType.Float64)));
            Assert.Throws<InvalidOperationException>(writer.Complete);
        }
        var error = Assert.Throws<MatFormatException>(() => new MatWriter(folder["b.mat"], "H", ScalarType.Float32, 300_000, 2048));
        Assert.Contains("2457600000 bytes; a variable of a .mat file of level 5 has less than 2147483648", error.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Files);
    }

    private static MatFormatException? Record(string path) => Xunit.Record.Exception(() => MatFile.Read(path)) switch
    {
        null => null,
        MatFormatException error => error,
        var other => throw new InvalidOperationException("Another exception than expected.", other),
    };
}
