using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Feedback.Fitting;
using Feedback.Models;
using Simulator;
using static TorchSharp.torch;

namespace Feedback.Neural.Training;

/// <summary>Trains a network from start to model file: starting weights, training, tables, test, card.</summary>
public sealed class NetworkTraining
{
    private const int TableDrops = 8_000;
    private const int FrameDrops = 2_000;

    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>The network.</summary>
    public required NetworkPlan Plan { get; init; }

    /// <summary>How it is trained.</summary>
    public required TrainingRecipe Recipe { get; init; }

    /// <summary>On what.</summary>
    public required TrainingDrops Drops { get; init; }

    /// <summary>The size of the CSI.</summary>
    public required CsiDimensions Dimensions { get; init; }

    /// <summary>The resolved channel block, for the card.</summary>
    public required JsonElement Channel { get; init; }

    /// <summary>Seconds after which this run ends in a checkpoint.</summary>
    public double LegSeconds { get; init; } = double.PositiveInfinity;

    /// <summary>Whether that checkpoint is small and a warm restart, instead of exact.</summary>
    public bool Compact { get; init; }

    /// <summary>Trains and writes the model.</summary>
    /// <param name="folder">Where <c>NAME.safetensors</c> and <c>NAME.json</c> are written.</param>
    /// <param name="checkpoint">Where checkpoints are written; an existing file is continued.</param>
    /// <param name="progress">Told after every validation, or null.</param>
    /// <param name="cancellation">Stops training with a checkpoint.</param>
    /// <returns>The card, unless a leg ended first, and the learning curve.</returns>
    public (ModelCard? Card, TrainingResult Result) Run(
        string folder, string checkpoint, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        using var scope = NewDisposeScope();
        using var random = Drops.GeneratorOf("weights", 0);
        var channels = new FitDrops(Drops, Dimensions, new FitRecipe(), cancellation: cancellation);
        var frame = ReportFrame.Fit(Name, Dimensions, Plan.Architecture.Delays, Drops.Aligned, channels.Channels("frame", FrameDrops));
        var untrained = NetworkStart.Untrained(Plan.Kind, Plan.Architecture, frame, random);
        if (!File.Exists(checkpoint))
            Start(untrained.Network, random);
        var trainer = new Trainer(untrained.Schemes(Dimensions)[0].Scheme, Recipe, Drops)
        {
            LegSeconds = LegSeconds - clock.Elapsed.TotalSeconds,
            Compact = Compact,
        };
        var result = trainer.Run(checkpoint, progress, cancellation);
        if (!result.Finished)
            return (null, result);
        var figures = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["validation-nmse-crop"] = Decibels(result.BestNmse),
            ["last-doubling-nmse-crop"] = Decibels(result.BestNmse / result.BestOfHalf.Nmse),
        };
        if (Recipe.Lambda > 0)
            figures["last-doubling-bits-percent"] = 100 * (result.Best.Bits / result.BestOfHalf.Bits - 1);
        if (Recipe.Precision == WeightPrecision.Half)
        {
            RoundToHalf(untrained.Network);
            figures["validation-nmse-crop-half"] = Decibels(trainer.Nmse(Drops.Draw("validation", 0, Recipe.ValidationDrops)));
        }
        var tables = Plan.Kind.Fit(untrained.Network, frame, Unit(trainer.Measured(Drops.Draw("training", 0, TableDrops, Recipe.EnergyRangeDecibels), "tables")));
        var trained = Plan.Kind.Assemble(untrained.Network, tables);
        Measure(trained, channels, figures);
        return (Write(trained, result, trainer, figures, folder), result);
    }

    /// <summary>Tests the model that is there once more, and writes its card anew.</summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="progress">Told how far the test is.</param>
    /// <param name="cancellation">Leaves the card as it is.</param>
    /// <returns>The card.</returns>
    /// <exception cref="InvalidModelException">The model is missing, damaged, altered or for another scheme.</exception>
    public ModelCard Test(string folder, IProgress<string>? progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var file = Path.Combine(folder, Name + ".safetensors");
        var model = new SharedModels(_ => Plan.Kind).Load<INetworkModel>(file, Plan.Scheme);
        var before = ModelStore.ReadCard(file);
        var figures = new Dictionary<string, double>(before.Figures, StringComparer.Ordinal);
        Measure(model, new FitDrops(Drops, Dimensions, new FitRecipe(), progress, cancellation), figures);
        var card = before with { Figures = Rounded(figures) };
        Replace(Path.ChangeExtension(file, ".json"), System.Text.Encoding.UTF8.GetBytes(card.ToJson()));
        return card;
    }

    private void Measure(INetworkModel model, FitDrops drops, Dictionary<string, double> figures)
    {
        var schemes = model.Schemes(Dimensions);
        var test = Drops.Draw("test", 0, Recipe.TestDrops);                          // [n, D, R, A]
        figures["test-nmse-crop"] = Decibels(new Trainer(schemes[0].Scheme, Recipe, Drops).Nmse(test));
        var measured = SchemeTest.Run(schemes.Select(found => found.Scheme), Drops.Transform, drops.Channels("test", Recipe.TestDrops));
        foreach (var ((point, _), found) in schemes.Zip(measured))
        {
            foreach (var (name, value) in found.Named())
                figures[$"test-{name}-{point}"] = value;
        }
        if (model is ICardFigures own)
        {
            foreach (var (figure, value) in own.Figures(Unit(test)))
                figures[figure] = value;
        }
    }

    private void Start(nn.Module network, Generator random)
    {
        using var scope = NewDisposeScope();
        NetworkStart.Apply(network, Recipe, Unit(Drops.Draw("training", 0, Recipe.ChunkDrops, Recipe.EnergyRangeDecibels)), random);
    }

    // [n, D, R, A] of unit energy → [n·R, D, A, 2] of unit mean square.
    private static Tensor Unit(Tensor crops)
    {
        using var scope = NewDisposeScope();
        var unit = Math.Sqrt(2 * crops.shape[1] * crops.shape[3]);
        return (view_as_real(crops.transpose(1, 2).flatten(0, 1)) * unit).MoveToOuterDisposeScope();
    }

    private ModelCard Write(INetworkModel model, TrainingResult result, Trainer trainer, Dictionary<string, double> figures, string folder)
    {
        using var buffer = new MemoryStream();
        NetworkFile.Write(buffer, model, Recipe.Precision);
        var content = buffer.ToArray();
        var cost = Plan.Architecture as INetworkCost;
        var card = new ModelCard
        {
            Name = Name,
            Scheme = Plan.Scheme,
            Architecture = ModelCard.Describe(Plan.Architecture),
            Recipe = Recipe,
            Channel = Channel,
            Steps = Recipe.Steps,
            BestStep = result.BestStep,
            Drops = (long)Recipe.ChunkDrops * ((Recipe.Steps + trainer.StepsPerChunk - 1) / trainer.StepsPerChunk),
            Figures = Rounded(figures),
            Parameters = model.Network.parameters().Sum(parameter => parameter.numel()),
            TerminalOperations = cost?.TerminalOperations ?? 0,
            BaseStationOperations = cost?.BaseStationOperations ?? 0,
            TrainingSeconds = Math.Round(result.Seconds),
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
        };
        Directory.CreateDirectory(folder);
        Replace(Path.Combine(folder, Name + ".safetensors"), content);
        Replace(Path.Combine(folder, Name + ".json"), System.Text.Encoding.UTF8.GetBytes(card.ToJson()));
        return card;
    }

    private static Dictionary<string, double> Rounded(Dictionary<string, double> figures) =>
        figures.ToDictionary(pair => pair.Key, pair => Math.Round(pair.Value, 3), StringComparer.Ordinal);

    private static void RoundToHalf(nn.Module network)
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
