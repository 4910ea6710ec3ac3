using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Feedback.Models;
using Simulator;
using static TorchSharp.torch;

namespace Feedback.Fitting;

/// <summary>Makes the model of a fitted scheme from drops to model file and card: frame, tables, rates, test.</summary>
public sealed class ModelFitting
{
    private const int FrameDrops = 2_000;

    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>Catalogue name of the scheme.</summary>
    public required string Scheme { get; init; }

    /// <summary>What learns its tables.</summary>
    public required IModelFit Fit { get; init; }

    /// <summary>How many drops, and how they are framed.</summary>
    public required FitRecipe Recipe { get; init; }

    /// <summary>On what.</summary>
    public required TrainingDrops Drops { get; init; }

    /// <summary>The size of the CSI.</summary>
    public required CsiDimensions Dimensions { get; init; }

    /// <summary>The resolved channel block, for the card.</summary>
    public required JsonElement Channel { get; init; }

    /// <summary>The resolved options of the fit, for the card.</summary>
    public required JsonElement Options { get; init; }

    /// <summary>Fits, tests and writes the model.</summary>
    /// <param name="folder">Where <c>NAME.safetensors</c> and <c>NAME.json</c> are written.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellation">Stops without a model.</param>
    /// <returns>The card.</returns>
    public FittedCard Run(string folder, IProgress<string>? progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var drops = new FitDrops(Drops, Dimensions, Recipe, progress, cancellation);
        progress?.Report(FormattableString.Invariant($"fitting to {Recipe.Drops} drops"));
        var tables = Learn(drops);
        var figures = new Dictionary<string, double>(StringComparer.Ordinal);
        progress?.Report(FormattableString.Invariant($"testing on {Recipe.TestDrops} other drops"));
        foreach (var (step, found) in Test(drops, tables, "test", Recipe.TestDrops).Index())
        {
            Add($"step-{step}-bits", found.Bits);
            Add($"step-{step}-estimate", found.Estimate);
            Add($"step-{step}-nmse-crop", 10 * Math.Log10(found.Error));
            progress?.Report(FormattableString.Invariant($"step {step}  {found.Bits:F1} bits  {10 * Math.Log10(found.Error):F2} dB"));
        }
        return Write(tables, figures, folder);

        void Add(FormattableString figure, double value) => figures[figure.ToString(CultureInfo.InvariantCulture)] = Math.Round(value, 3);
    }

    /// <summary>Learns frame, tables and rates.</summary>
    /// <param name="drops">The drops.</param>
    /// <returns>All tables of the model.</returns>
    public FittedTables Learn(FitDrops drops)
    {
        ArgumentNullException.ThrowIfNull(drops);
        var frame = ReportFrame.Fit(Name, Dimensions, Recipe.Delays, Recipe.Align, drops.Channels("training", Math.Min(FrameDrops, Recipe.Drops)));
        var tables = Fit.Fit(frame, drops);
        float[] rates = [.. Test(drops, tables, "training", Math.Clamp(Recipe.Drops / 40, 50, 500)).Select(found => (float)found.Bits)];
        return tables.With(RateControl.RateKey, rates);
    }

    // Every portion of drops is drawn once and coded at all steps.
    private (double Bits, double Estimate, double Error)[] Test(FitDrops drops, FittedTables tables, string purpose, int count)
    {
        var transform = new AngularDelayTransform(Dimensions.Array, Dimensions.Subcarriers, Recipe.Delays);
        var steps = Fit.Scheme(Dimensions, new FittedOptions { Step = 0 }, tables).Steps;
        var schemes = Enumerable.Range(0, steps).Select(step => Fit.Scheme(Dimensions, new FittedOptions { Step = step }, tables)).ToList();
        var sums = new (double Bits, double Estimate, double Error)[steps];
        foreach (var channels in drops.Channels(purpose, count))
        {
            for (var step = 0; step < steps; step++)
            {
                var found = Test(schemes[step], channels, transform);
                sums[step] = (sums[step].Bits + found.Bits, sums[step].Estimate + found.Estimate, sums[step].Error + found.Error);
            }
        }
        return [.. sums.Select(sum => (sum.Bits / count, sum.Estimate / count, sum.Error / count))];
    }

    private static (double Bits, double Estimate, double Error) Test(IModelledScheme scheme, Tensor channels, AngularDelayTransform transform)
    {
        using var scope = NewDisposeScope();
        var measurement = new Measurement(channels.unsqueeze(1), zeros([channels.shape[0]], dtype: ScalarType.Float64));
        var counted = scheme.EncodeCounted(measurement);
        BitString[] messages = [.. counted.Select(found => found.Message)];
        var wanted = view_as_real(transform.Crop(channels));
        var error = (view_as_real(transform.Crop(scheme.Decode(messages).Rows)) - wanted).square().flatten(1).sum([1L], type: ScalarType.Float64);
        var relative = (error / wanted.square().flatten(1).sum([1L], type: ScalarType.Float64)).sum().item<double>();
        return (messages.Sum(message => message.Length), counted.Sum(found => found.Ideal), relative);
    }

    private FittedCard Write(FittedTables tables, Dictionary<string, double> figures, string folder)
    {
        using var buffer = new MemoryStream();
        tables.Write(buffer);
        var content = buffer.ToArray();
        var card = new FittedCard
        {
            Name = Name,
            Scheme = Scheme,
            Fit = Recipe,
            Options = Options,
            Channel = Channel,
            Figures = figures,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
        };
        Directory.CreateDirectory(folder);
        Replace(Path.Combine(folder, Name + ".safetensors"), content);
        Replace(Path.Combine(folder, Name + ".json"), Encoding.UTF8.GetBytes(card.ToJson()));
        return card;
    }

    private static void Replace(string file, byte[] content)
    {
        File.WriteAllBytes(file + ".part", content);
        File.Move(file + ".part", file, overwrite: true);
    }
}
