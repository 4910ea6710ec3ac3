using System.Text;
using Feedback.Models;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Feedback.Neural;

[DisposesItsTensors]
public sealed class SafeTensorsFileTests
{
    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        using var scope = NewDisposeScope();
        var written = new Dictionary<string, Tensor>
        {
            ["whole"] = tensor(new[] { 1, -2, 3 }),
            ["long"] = tensor(new[] { long.MaxValue, long.MinValue }),
            ["single"] = tensor(new[] { 1.5f, -0.25f, 0, 7, 8, 9 }, [2, 3]),
            ["double"] = tensor(new[] { Math.PI }),
            ["half"] = tensor(new[] { 0.5f, 65504 }).to(ScalarType.Float16),
            ["empty"] = zeros([0, 3], dtype: ScalarType.Float32),
            ["transposed"] = arange(6, dtype: ScalarType.Float32).reshape(2, 3).t(),
        };
        var read = SafeTensorsFile.Read(Bytes(written), "test");
        Assert.Equal(written.Keys.Order(StringComparer.Ordinal), read.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, values) in written)
        {
            Assert.Equal(values.dtype, read[name].dtype);
            Assert.Equal(values.shape, read[name].shape);
            Assert.True(values.Equals(read[name]), name);
        }
    }

    [Fact]
    public void Write_Header_IsThatOfTheFormat()
    {
        using var scope = NewDisposeScope();
        var content = Bytes(new() { ["w"] = tensor(new[] { 1f, 2f }) });
        var length = (int)BitConverter.ToInt64(content);
        Assert.Equal(0, length % 8);
        Assert.Equal("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", Encoding.UTF8.GetString(content, 8, length).TrimEnd());
        Assert.Equal(8 + length + 8, content.Length);
    }

    [Theory]
    [InlineData("", "at least 8 are needed")]
    [InlineData("not JSON", "its header is not JSON")]
    [InlineData("[1, 2]", "no JSON object")]
    [InlineData("""{"w":{"shape":[2],"data_offsets":[0,8]}}""", "lacks dtype, shape or data_offsets")]
    [InlineData("""{"w":{"dtype":"F8","shape":[2],"data_offsets":[0,8]}}""", "is of type 'F8'; permitted: F16")]
    [InlineData("""{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "claims bytes 0 … 8")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", "claims bytes 8 … 16")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "has the shape [-2]")]
    public void Read_BadFile_IsRefusedBySaying(string header, string expected)
    {
        byte[] content = header.Length == 0
            ? [1, 2, 3]
            : [.. BitConverter.GetBytes((long)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. new byte[8]];
        var exception = Assert.Throws<InvalidModelException>(() => SafeTensorsFile.Read(content, "some.safetensors"));
        Assert.Contains("some.safetensors", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CutFile_IsRefused()
    {
        using var scope = NewDisposeScope();
        var content = Bytes(new() { ["w"] = zeros(100) });
        foreach (var length in new[] { 4, 20, content.Length - 1 })
        {
            Assert.Throws<InvalidModelException>(() => SafeTensorsFile.Read(content.AsSpan(0, length), "cut"));
        }
    }

    private static byte[] Bytes(Dictionary<string, Tensor> tensors)
    {
        using var buffer = new MemoryStream();
        SafeTensorsFile.Write(buffer, tensors);
        return buffer.ToArray();
    }
}
