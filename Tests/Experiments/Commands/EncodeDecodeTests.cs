using Experiments;
using Experiments.Commands;
using Experiments.Encoded;
using Feedback;
using Simulator;
using Simulator.Files;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Experiments.Commands;

/// <summary><c>sim encode</c> and <c>sim decode</c>, as processes of their own and within this one.</summary>
public sealed class EncodeDecodeTests
{
    [Theory]
    [InlineData("uncompressed", "precision=single", "6")]
    [InlineData("uncompressed", "precision=half", "6x1x1")]
    [InlineData("strongest-taps", "taps=3", "3x2x1")]
    [InlineData("dft-codebook", "subbands=4", "3x1x2")]
    public void EncodeDecode_TwoProcesses_GiveTheSameAsOne(string scheme, string option, string array)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var dimensions = new CsiDimensions(32, 2, Array(array));
        var measurement = TestMeasurements.Draw(dimensions, 5);
        NpyWriter.Write(folder["in.npy"], measurement.Channel.select(1, 0));

        ToolProcess.Run("encode", "--feedback", scheme, "--set", option, "--array", array, folder["in.npy"], folder["a.csi"]);
        File.Delete(folder["in.npy"]);
        ToolProcess.Run("decode", "--batch", "1", folder["a.csi"], folder["out.npy"]);

        var instance = ChosenFeedback.Resolve(scheme, [option], dimensions).Create();
        var messages = instance.Encode(measurement);
        var file = CsiFile.Open(folder["a.csi"]);
        Assert.Equal(messages, file.Messages(0, 5));
        Assert.Equal((messages.Sum(message => message.Length) + 7) / 8, file.PayloadBytes);
        var decoded = NpyFile.Open(folder["out.npy"]).Rows(0, 5);
        var expected = instance.Decode(messages);
        Assert.Equal(expected.Rows.shape, decoded.shape);
        Assert.Equal(expected.Numbers(), Report.OfChannel(decoded).Numbers());
        Assert.Equal(["a.csi", "out.npy"], folder.Files);
    }

    [Fact]
    [Trait("Category", "slow")]
    public void EncodeDecode_FiveThousandReportsOfHybrid_AreTheSameWhateverBatchAndThreads()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var feedback = folder["one.yaml"] + ":hybrid";
        File.WriteAllText(folder["one.yaml"], $"feedback: {{ hybrid: {{ scheme: hybrid, model: {Path.Combine(RepositoryRoot.Path, "models", "hybrid-indoor-los.safetensors")}, step: 8 }} }}\n");
        ToolProcess.Run(
            "channels", "draw", "--channel", "cost2100/indoor-hall-5ghz", "--timing", "los", "--subcarriers", "64", "--bandwidth", "1.25 MHz", "--drops", "5000", "--out", folder["in.npy"]);

        // A process of its own each: two encoders, and decoders that are given the bits of the first.
        ToolProcess.RunWith(2, "encode", "--feedback", feedback, "--batch", "200", folder["in.npy"], folder["many.csi"]);
        ToolProcess.RunWith(1, "encode", "--feedback", feedback, "--batch", "1", folder["in.npy"], folder["one.csi"]);
        ToolProcess.RunWith(2, "decode", "--batch", "200", folder["many.csi"], folder["many.npy"]);
        ToolProcess.RunWith(1, "decode", "--batch", "1", folder["many.csi"], folder["one.npy"]);

        Assert.Equal(File.ReadAllBytes(folder["many.csi"]), File.ReadAllBytes(folder["one.csi"]));
        Assert.Equal(File.ReadAllBytes(folder["many.npy"]), File.ReadAllBytes(folder["one.npy"]));
        var channels = NpyFile.Open(folder["in.npy"]).Rows(0, 5000).reshape(5000, 64, 1, 32);
        var error = TestMeasurements.NormalisedError(TestMeasurements.Of(channels), Report.OfChannel(NpyFile.Open(folder["one.npy"]).Rows(0, 5000)));
        // 132 bits each bring the drops of other seeds to 0.02.
        Assert.InRange(error, 0.01, 0.04);
    }

    [Theory]
    [InlineData(new long[] { 4, 32, 6 }, 4)]
    [InlineData(new long[] { 2, 32, 3, 6 }, 2)]
    [InlineData(new long[] { 2, 3, 2, 32, 1, 6 }, 12)]
    public void Encode_AnyPermittedShape_ReportsEverySlotOfEveryUser(long[] shape, int reports)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        NpyWriter.Write(folder["in.npy"], ones(shape, dtype: ScalarType.ComplexFloat32));

        var (code, text) = Invoke("encode", "--feedback", "strongest-taps", "--batch", "5", folder["in.npy"], folder["a.csi"]);

        Assert.Equal(0, code);
        Assert.StartsWith($"{folder["a.csi"]}: {reports} reports of ", text, StringComparison.Ordinal);
        Assert.Equal(reports, CsiFile.Open(folder["a.csi"]).Count);
    }

    [Fact]
    public void Encode_BlockOfAFile_IsThatOperatingPoint()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        NpyWriter.Write(folder["in.npy"], ones([1, 32, 1, 6], dtype: ScalarType.ComplexFloat32));
        File.WriteAllText(folder["a.yaml"], "feedback:\n  few: { scheme: strongest-taps, taps: [2, 4], value-bits: 3 }\n  held: { scheme: strongest-taps, rate: { budget: 100 b } }\n");
        string Encode(params string[] more) => Invoke(["encode", .. more, folder["in.npy"], folder["a.csi"]]).Text;

        var sweep = Encode("--feedback", folder["a.yaml"] + ":few");
        var unknown = Encode("--feedback", folder["a.yaml"] + ":fwe");
        Encode("--feedback", folder["a.yaml"] + ":few", "--set", "taps=4");
        var four = CsiFile.Open(folder["a.csi"]);
        Encode("--feedback", folder["a.yaml"] + ":held");
        var held = CsiFile.Open(folder["a.csi"]);

        Assert.Contains("is a sweep of 2 operating points (taps=2 | taps=4); choose one with --set KEY=VALUE.", sweep, StringComparison.Ordinal);
        Assert.Contains("there is no feedback block 'fwe'; did you mean 'few'", unknown, StringComparison.Ordinal);
        Assert.Equal(new StrongestTaps(new(32, 1, new AntennaArray(6)), new() { Taps = 4, ValueBits = 3 }).MessageBits, four.Bits[0]);
        Assert.Equal(100, held.Bits[0]);
    }

    [Theory]
    [InlineData("'strongest-tap' is not a feedback scheme; did you mean 'strongest-taps'", "--feedback", "strongest-tap")]
    [InlineData("the key 'tabs' is not known; did you mean 'taps'", "--feedback", "strongest-taps", "--set", "tabs=3")]
    [InlineData("taps: taps is 9999; permitted is 1 … 192.", "--feedback", "strongest-taps", "--set", "taps=9999")]
    [InlineData("subbands: subbands is 5; permitted is a divisor of the 32 subcarriers.", "--feedback", "dft-codebook", "--set", "subbands=5")]
    [InlineData("--array 4x2 has 8 ports, but", "--feedback", "uncompressed", "--array", "4x2")]
    [InlineData("--array '3x2x5' is not an array; it is written COLUMNSxROWSxPOLARISATIONS", "--feedback", "uncompressed", "--array", "3x2x5")]
    [InlineData("--batch is a number of reports from 1 to 100000.", "--feedback", "uncompressed", "--batch", "0")]
    public void Encode_BadInput_IsRefusedInOneSentenceAndLeavesNothing(string sentence, params string[] args)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        NpyWriter.Write(folder["in.npy"], ones([1, 32, 1, 6], dtype: ScalarType.ComplexFloat32));

        var (code, text) = Invoke(["encode", .. args, folder["in.npy"], folder["a.csi"]]);

        Assert.Equal(2, code);
        Assert.Contains(sentence, text, StringComparison.Ordinal);
        Assert.Equal(["in.npy"], folder.Files);
    }

    [Fact]
    public void EncodeDecode_MissingFilesAndFolders_AreRefused()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        NpyWriter.Write(folder["in.npy"], ones([1, 32, 1, 6], dtype: ScalarType.ComplexFloat32));
        NpyWriter.Write(folder["flat.npy"], ones([4, 32], dtype: ScalarType.ComplexFloat32));
        Assert.Equal(0, Invoke("encode", "--feedback", "strongest-taps", folder["in.npy"], folder["a.csi"]).Code);
        string Refused(params string[] args)
        {
            var (code, text) = Invoke(args);
            Assert.Equal(2, code);
            return text;
        }

        Assert.Contains("does not exist", Refused("encode", "--feedback", "uncompressed", folder["none.npy"], folder["b.csi"]), StringComparison.Ordinal);
        Assert.Contains("permitted are [N, S, A]", Refused("encode", "--feedback", "uncompressed", folder["flat.npy"], folder["b.csi"]), StringComparison.Ordinal);
        Refused("encode", "--feedback", "uncompressed", folder["in.npy"], folder["none/b.csi"]);
        Assert.Contains("does not exist", Refused("decode", folder["none.csi"], folder["out.npy"]), StringComparison.Ordinal);
        Assert.Contains("is not a .csi file", Refused("decode", folder["in.npy"], folder["out.npy"]), StringComparison.Ordinal);
        Refused("decode", folder["a.csi"], folder["none/out.npy"]);
        Assert.Equal(["a.csi", "flat.npy", "in.npy"], folder.Files);
    }

    [Theory]
    [InlineData("""{"scheme":"strongest-rays"}""", "was encoded with the scheme 'strongest-rays', which is not known here")]
    [InlineData("""{"scheme":"uncompressed"}""", "its scheme block cannot be read (the key 'array' is missing).")]
    [InlineData("no json", "its scheme block cannot be read")]
    [InlineData("""{"array":{"columns":4,"polarisations":1,"rows":1},"options":{"precision":"double"},"receive-antennas":1,"scheme":"uncompressed","subcarriers":2}""", "'double' is not permitted")]
    [InlineData("""{"array":{"columns":4,"polarisations":1,"rows":1},"options":{"precision":"single"},"receive-antennas":1,"scheme":"uncompressed","subcarriers":2}""", "holds a message that its scheme cannot have sent: The message has 3 bits")]
    public void Decode_BlockOrMessageOfNoScheme_IsRefusedAndLeavesNothing(string block, string sentence)
    {
        using var folder = new TemporaryFolder();
        CsiFile.Write(folder["a.csi"], block, 1, [new BitString([0xFF], 3)]);

        var (code, text) = Invoke("decode", folder["a.csi"], folder["out.npy"]);

        Assert.Equal(2, code);
        Assert.Contains(sentence, text, StringComparison.Ordinal);
        Assert.Equal(["a.csi"], folder.Files);
    }

    private static AntennaArray Array(string text)
    {
        var parts = text.Split('x').Select(part => int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        return new AntennaArray(parts[0], parts.ElementAtOrDefault(1) is > 0 and var rows ? rows : 1, parts.ElementAtOrDefault(2) is > 0 and var polarisations ? polarisations : 1);
    }

    private static (int Code, string Text) Invoke(params string[] args)
    {
        using var text = new StringWriter();
        return (CommandLine.Invoke(Program.CreateRoot(), args, text, text), text.ToString());
    }
}
