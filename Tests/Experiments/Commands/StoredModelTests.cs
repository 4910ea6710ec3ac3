using System.Security.Cryptography;
using System.Text.Json;
using Experiments;
using Experiments.Commands;
using Experiments.Encoded;
using Feedback.Neural;
using Feedback.Neural.Codewords;
using Feedback.Neural.CsiNet;
using Feedback.Neural.Training;
using Simulator;
using Simulator.Files;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Experiments.Commands;

/// <summary>Reports of a scheme with a model: the same file must be there to decode them.</summary>
public sealed class StoredModelTests
{
    [Fact]
    public void EncodeDecode_Model_IsFoundBesideOrGivenAndMustBeTheSame()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var dimensions = new CsiDimensions(16, 2, new AntennaArray(8));
        var measurement = TestMeasurements.Draw(dimensions, 5);
        NpyWriter.Write(folder["in.npy"], measurement.Channel.select(1, 0));
        var model = Save(folder, "tiny", seed: 1);

        ToolProcess.Run("encode", "--feedback", "csinet", "--set", "model=" + folder["tiny.safetensors"], "--set", "bits=2", folder["in.npy"], folder["a.csi"]);
        ToolProcess.Run("decode", "--batch", "1", folder["a.csi"], folder["out.npy"]);

        var instance = new CodewordFeedback(dimensions, new() { Bits = 2 }, model);
        var messages = instance.Encode(measurement);
        Assert.Equal(messages, CsiFile.Open(folder["a.csi"]).Messages(0, 5));
        Assert.Equal(instance.Decode(messages).Numbers(), Report.OfChannel(NpyFile.Open(folder["out.npy"]).Rows(0, 5)).Numbers());

        foreach (var extension in new[] { ".safetensors", ".json" })
            File.Move(folder["tiny" + extension], folder["moved" + extension]);
        Assert.Contains("there is no model 'tiny'", Refusal(folder), StringComparison.Ordinal);
        Save(folder, "tiny", seed: 2);
        Assert.Contains("was encoded with 'tiny.safetensors' of SHA-256 ", Refusal(folder), StringComparison.Ordinal);
        Assert.Equal(0, Invoke("decode", "--model", folder["moved.safetensors"], folder["a.csi"], folder["out.npy"]).Code);
    }

    private static CodewordModel Save(TemporaryFolder folder, string name, ulong seed)
    {
        var architecture = new CsiNetArchitecture { Delays = 8, Antennas = 8, Codeword = 12 };
        var model = FeedbackCases.Untrained<CodewordModel>(architecture, seed);
        using var buffer = new MemoryStream();
        NetworkFile.Write(buffer, model, WeightPrecision.Full);
        File.WriteAllBytes(folder[name + ".safetensors"], buffer.ToArray());
        using var channel = JsonDocument.Parse("{}");
        File.WriteAllText(folder[name + ".json"], new ModelCard
        {
            Name = name,
            Scheme = "csinet",
            Architecture = ModelCard.Describe(architecture),
            Recipe = new TrainingRecipe(),
            Channel = channel.RootElement,
            Steps = 0,
            BestStep = 0,
            Drops = 0,
            Figures = new Dictionary<string, double>(),
            Parameters = 0,
            TerminalOperations = 0,
            BaseStationOperations = 0,
            TrainingSeconds = 0,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(buffer.ToArray())),
        }.ToJson());
        return model;
    }

    private static string Refusal(TemporaryFolder folder)
    {
        var (code, text) = Invoke("decode", folder["a.csi"], folder["again.npy"]);
        Assert.Equal(2, code);
        Assert.DoesNotContain("again.npy", folder.Files);
        return text;
    }

    private static (int Code, string Text) Invoke(params string[] args)
    {
        using var text = new StringWriter();
        return (CommandLine.Invoke(Program.CreateRoot(), args, text, text), text.ToString());
    }
}
