using System.Buffers.Binary;
using Experiments.Configuration;
using Experiments.Encoded;
using Simulator;
using Tests.Support;

namespace Tests.Experiments.Encoded;

public sealed class CsiFileTests
{
    private const string Block = """{"scheme":"of a test µ"}""";

    [Fact]
    public void Messages_AnyLengths_AreThoseWrittenAndNothingLiesBetween()
    {
        using var folder = new TemporaryFolder();
        var messages = Messages(300);

        CsiFile.Write(folder["a.csi"], Block, messages.Length, messages);
        var file = CsiFile.Open(folder["a.csi"]);

        Assert.Equal(Block, file.SchemeBlock);
        Assert.Equal(messages.Select(message => message.Length), file.Bits);
        Assert.Equal(messages, file.Messages(0, messages.Length));
        Assert.Equal(messages[17], Assert.Single(file.Messages(17, 1)));
        Assert.Equal((messages.Sum(message => message.Length) + 7) / 8, file.PayloadBytes);
        Assert.Equal(new FileInfo(folder["a.csi"]).Length, file.FileBytes);
        Assert.Equal(["a.csi"], folder.Files);
    }

    [Fact]
    public void Open_AnyFlippedBit_IsRefusedInOneSentence()
    {
        using var folder = new TemporaryFolder();
        var bytes = Sample(folder);
        for (var position = 0; position < 8 * bytes.Length; position += position < 8 * 40 ? 1 : 7)
        {
            var flipped = bytes.ToArray();
            flipped[position >> 3] ^= (byte)(1 << (position & 7));
            Assert.Matches("is not a .csi file|of version|cut short|too long|is damaged", Refusal(folder, flipped));
        }
    }

    [Fact]
    public void Open_AnyTruncation_IsRefusedInOneSentence()
    {
        using var folder = new TemporaryFolder();
        var bytes = Sample(folder);
        for (var length = 0; length < bytes.Length; length++)
            Assert.Matches("is not a .csi file|cut short", Refusal(folder, bytes[..length]));
    }

    [Fact]
    public void Open_OtherFiles_AreRefusedByName()
    {
        using var folder = new TemporaryFolder();
        var bytes = Sample(folder);
        var newer = bytes.ToArray();
        BinaryPrimitives.WriteUInt16LittleEndian(newer.AsSpan(8), 2);
        var path = folder["bad.csi"];

        Assert.Equal($"{path} is not a .csi file: it does not begin as one.", Refusal(folder, "\u0093NUMPY and more"u8.ToArray()));
        Assert.Equal($"{path} is a .csi file of version 2; version 1 can be read.", Refusal(folder, newer));
        Assert.Equal($"{path} is too long: its header announces {bytes.Length} bytes, found {bytes.Length + 1}.", Refusal(folder, [.. bytes, 0]));
        Assert.Equal($"{path} is damaged: the checksum of its payload does not match.", Refusal(folder, [.. bytes[..^1], (byte)~bytes[^1]]));
        Assert.Equal($"'{folder["none.csi"]}' does not exist.", Assert.Throws<BadInputException>(() => CsiFile.Open(folder["none.csi"])).Message);
    }

    [Fact]
    public void Write_EncoderThatFails_LeavesTheOldFile()
    {
        using var folder = new TemporaryFolder();
        var bytes = Sample(folder);
        static IEnumerable<BitString> Failing()
        {
            yield return new BitString([1], 8);
            throw new ArithmeticException();
        }

        Assert.Throws<ArithmeticException>(() => CsiFile.Write(folder["a.csi"], Block, 2, Failing()));
        Assert.Throws<InvalidOperationException>(() => CsiFile.Write(folder["a.csi"], Block, 7, Messages(3)));

        Assert.Equal(bytes, File.ReadAllBytes(folder["a.csi"]));
        Assert.Equal(["a.csi"], folder.Files);
    }

    private static byte[] Sample(TemporaryFolder folder)
    {
        CsiFile.Write(folder["a.csi"], Block, 12, Messages(12));
        return File.ReadAllBytes(folder["a.csi"]);
    }

    private static string Refusal(TemporaryFolder folder, byte[] bytes)
    {
        File.WriteAllBytes(folder["bad.csi"], bytes);
        return Assert.Throws<BadInputException>(() => CsiFile.Open(folder["bad.csi"])).Message;
    }

    private static BitString[] Messages(int count)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(n =>
        {
            var length = n % 5 == 0 ? 0 : random.Next(1, 70);
            var bytes = new byte[(length + 7) / 8];
            random.NextBytes(bytes);
            return new BitString(bytes, length);
        })];
    }
}
