using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Feedback.Neural;
using static TorchSharp.torch;

namespace Feedback.Transform;

/// <summary>Fits a model of the scheme <c>transform</c> from drops to model file and card.</summary>
public sealed class TransformTraining
{
    private const int Portion = 1_000;
    private const double Octave = 6.0206;

    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>How it is fitted.</summary>
    public required FitRecipe Recipe { get; init; }

    /// <summary>On what.</summary>
    public required TrainingDrops Drops { get; init; }

    /// <summary>The resolved channel block, for the card.</summary>
    public required JsonElement Channel { get; init; }

    /// <summary>Fits, tests and writes the model.</summary>
    /// <param name="folder">Where <c>NAME.safetensors</c> and <c>NAME.json</c> are written.</param>
    /// <param name="cancellation">Stops without a model.</param>
    /// <returns>The card.</returns>
    public FittedCard Run(string folder, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var model = TransformFit.Fit(Name, Draw("training", Recipe.Drops, cancellation));
        var test = Draw("test", Recipe.TestDrops, cancellation);
        var figures = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var step = 0; step < DeadZone.Steps; step++)
            Test(model, step, test, figures);
        using var buffer = new MemoryStream();
        model.Write(buffer);
        var content = buffer.ToArray();
        var card = new FittedCard
        {
            Name = Name,
            Scheme = "transform",
            Fit = Recipe,
            Channel = Channel,
            Classes = model.ClassCount,
            Figures = figures,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
        };
        Directory.CreateDirectory(folder);
        Replace(Path.Combine(folder, Name + ".safetensors"), content);
        Replace(Path.Combine(folder, Name + ".json"), Encoding.UTF8.GetBytes(card.ToJson()));
        return card;
    }

    // Energies are spread over an octave, so that all fine positions of the scale are met.
    private List<Tensor> Draw(string purpose, int count, CancellationToken cancellation)
    {
        var crops = new List<Tensor>();
        for (var first = 0; first < count; first += Portion)
        {
            cancellation.ThrowIfCancellationRequested();
            crops.Add(Drops.Draw(purpose, crops.Count, Math.Min(Portion, count - first), Octave));
        }
        return crops;
    }

    private static void Test(TransformModel model, int step, List<Tensor> crops, Dictionary<string, double> figures)
    {
        var coder = new TransformCoder(model, step, (int)crops[0].shape[2]);
        var decoded = new float[coder.Values];
        var (drops, bits, estimate, errors) = (0, 0.0, 0.0, 0.0);
        foreach (var portion in crops)
        {
            using var scope = NewDisposeScope();
            var parts = view_as_real(portion).contiguous().data<float>().ToArray();
            for (var first = 0; first < parts.Length; first += coder.Values)
            {
                var drop = parts.AsSpan(first, coder.Values);
                var message = coder.Write(drop);
                var scale = coder.Read(message, decoded);
                var (error, energy) = (0.0, 0.0);
                for (var i = 0; i < drop.Length; i++)
                {
                    error += Math.Pow(drop[i] - (double)scale * decoded[i], 2);
                    energy += (double)drop[i] * drop[i];
                }
                if (energy == 0)
                    continue;
                drops++;
                bits += message.Length;
                estimate += coder.Estimate(drop);
                errors += error / energy;
            }
        }
        Add("bits", bits / drops);
        Add("estimate", estimate / drops);
        Add("nmse-crop", 10 * Math.Log10(errors / drops));

        void Add(string figure, double value) =>
            figures[string.Create(CultureInfo.InvariantCulture, $"step-{step}-{figure}")] = Math.Round(value, 3);
    }

    private static void Replace(string file, byte[] content)
    {
        File.WriteAllBytes(file + ".part", content);
        File.Move(file + ".part", file, overwrite: true);
    }
}
