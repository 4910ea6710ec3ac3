using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Feedback.Coding;
using Simulator;
using static TorchSharp.torch;

namespace Feedback.Neural;

/// <summary>Trains a CsiNet from start to model file: starting weights, training, quantiser, test, card.</summary>
public sealed class CsiNetTraining
{
    private const int QuantizerDrops = 8_000;

    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>The network's size.</summary>
    public required CsiNetArchitecture Architecture { get; init; }

    /// <summary>How it is trained.</summary>
    public required TrainingRecipe Recipe { get; init; }

    /// <summary>On what.</summary>
    public required TrainingDrops Drops { get; init; }

    /// <summary>The size of the CSI.</summary>
    public required CsiDimensions Dimensions { get; init; }

    /// <summary>The resolved channel block, for the card.</summary>
    public required JsonElement Channel { get; init; }

    /// <summary>Trains and writes the model.</summary>
    /// <param name="folder">Where <c>NAME.safetensors</c> and <c>NAME.json</c> are written.</param>
    /// <param name="checkpoint">Where checkpoints are written; an existing file is continued.</param>
    /// <param name="progress">Told after every validation, or null.</param>
    /// <param name="cancellation">Stops training with a checkpoint.</param>
    /// <returns>The card, and the learning curve.</returns>
    public (ModelCard Card, TrainingResult Result) Run(
        string folder, string checkpoint, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var random = Drops.GeneratorOf("weights", 0);
        var model = CsiNetModel.Untrained(Name, Architecture, random);
        var scheme = new CsiNetFeedback(Dimensions, new CsiNetOptions { Model = Name }, model);
        if (!File.Exists(checkpoint))
            Start(model.Network, random);
        var trainer = new Trainer(scheme, Recipe, Drops);
        var result = trainer.Run(checkpoint, progress, cancellation);
        var figures = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["validation-nmse-crop"] = Decibels(result.BestNmse),
        };
        if (Recipe.Precision == WeightPrecision.Half)
        {
            RoundToHalf(model.Network);
            figures["validation-nmse-crop-half"] = Decibels(trainer.Nmse(Drops.Draw("validation", 0, Recipe.ValidationDrops)));
        }
        var trained = new CsiNetModel(Name, model.Network, CsiNetModel.FitQuantizer(model.Network, Unit(Drops.Draw("training", 0, QuantizerDrops, Recipe.EnergyRangeDecibels))));
        Test(trained, trainer, figures);
        return (Write(trained, result, trainer, figures, folder), result);
    }

    private void Start(CsiNetNetwork network, Generator random)
    {
        using var scope = NewDisposeScope();
        var crops = Unit(Drops.Draw("training", 0, Recipe.ChunkDrops, Recipe.EnergyRangeDecibels));
        if (Recipe.Start == StartingWeights.PrincipalComponents)
            NetworkStart.PrincipalComponents(network, crops, random, Recipe.Mixing);
        else
            NetworkStart.Random(network, crops.narrow(0, 0, Math.Min(crops.shape[0], 1000)), random);
    }

    // [n, D, R, A] of unit energy → [n·R, D, A, 2] of unit mean square.
    private Tensor Unit(Tensor crops)
    {
        using var scope = NewDisposeScope();
        return (view_as_real(crops.transpose(1, 2).flatten(0, 1)) * Math.Sqrt(Architecture.Values)).MoveToOuterDisposeScope();
    }

    private void Test(CsiNetModel model, Trainer trainer, Dictionary<string, double> figures)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var drawn = Drops.Draw("test", 0, Recipe.TestDrops);                         // [n, D, R, A]
        figures["test-nmse-crop"] = Decibels(trainer.Nmse(drawn));
        var crops = drawn.transpose(1, 2).flatten(0, 1);                             // [n·R, D, A]
        for (var bits = CodewordQuantizer.MinimumBits; bits <= CodewordQuantizer.MaximumBits; bits++)
        {
            var writers = Enumerable.Range(0, (int)crops.shape[0]).Select(_ => new BitWriter(model.Codec.Length(bits))).ToArray();
            model.Codec.Encode(crops, bits, crop => writers[crop]);
            using var decoded = model.Codec.Decode([.. writers.Select(writer => new BitReader(writer.ToBitString()))], bits);
            using var error = view_as_real(decoded - crops).square().sum([1, 2, 3], keepdim: false, type: ScalarType.Float64);
            using var energy = view_as_real(crops).square().sum([1, 2, 3], keepdim: false, type: ScalarType.Float64);
            figures[string.Create(CultureInfo.InvariantCulture, $"test-nmse-crop-{bits}-bits")] = Decibels((error / energy).mean().item<double>());
        }
    }

    private ModelCard Write(CsiNetModel model, TrainingResult result, Trainer trainer, Dictionary<string, double> figures, string folder)
    {
        using var buffer = new MemoryStream();
        model.Write(buffer, Recipe.Precision);
        var content = buffer.ToArray();
        var card = new ModelCard
        {
            Name = Name,
            Scheme = "csinet",
            Architecture = Architecture,
            Recipe = Recipe,
            Channel = Channel,
            Steps = Recipe.Steps,
            BestStep = result.BestStep,
            Drops = (long)Recipe.ChunkDrops * ((Recipe.Steps + trainer.StepsPerChunk - 1) / trainer.StepsPerChunk),
            Figures = figures.ToDictionary(pair => pair.Key, pair => Math.Round(pair.Value, 3), StringComparer.Ordinal),
            Parameters = model.Network.parameters().Sum(parameter => parameter.numel()),
            TerminalOperations = Architecture.TerminalOperations,
            BaseStationOperations = Architecture.BaseStationOperations,
            TrainingSeconds = Math.Round(result.Seconds),
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
        };
        Directory.CreateDirectory(folder);
        Replace(Path.Combine(folder, Name + ".safetensors"), content);
        Replace(Path.Combine(folder, Name + ".json"), System.Text.Encoding.UTF8.GetBytes(card.ToJson()));
        return card;
    }

    private static void RoundToHalf(CsiNetNetwork network)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var parameter in network.parameters().Where(parameter => parameter.dim() > 1))
        {
            parameter.copy_(parameter.to(ScalarType.Float16));
        }
    }

    private static void Replace(string file, byte[] content)
    {
        File.WriteAllBytes(file + ".part", content);
        File.Move(file + ".part", file, overwrite: true);
    }

    private static double Decibels(double ratio) => 10 * Math.Log10(ratio);
}
