using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Feedback.Models;

namespace Feedback.Fitting;

/// <summary>What stands beside the tables of a fitted model: how it was made and what it reaches.</summary>
public sealed record FittedCard
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Name of the model.</summary>
    public required string Name { get; init; }

    /// <summary>Catalogue name of the feedback scheme.</summary>
    public required string Scheme { get; init; }

    /// <summary>How it was fitted.</summary>
    public required FitRecipe Fit { get; init; }

    /// <summary>The resolved channel block of the recipe.</summary>
    public required JsonElement Channel { get; init; }

    /// <summary>The scheme's own options of the fit.</summary>
    public required JsonElement Options { get; init; }

    /// <summary>On test drops, for each step: mean bits, the model's own estimate of them, 10 log10 of the mean error per drop [dB], and the others of <see cref="SchemeFigures"/>.</summary>
    public required IReadOnlyDictionary<string, double> Figures { get; init; }

    /// <summary>SHA-256 of the model file, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Reads the card of a model file.</summary>
    /// <param name="model">The path of the model file.</param>
    /// <returns>The card.</returns>
    /// <exception cref="InvalidModelException">It is missing or no card of a fitted model.</exception>
    public static FittedCard Beside(string model)
    {
        var file = Path.ChangeExtension(model, ".json");
        if (!File.Exists(file))
            throw new InvalidModelException($"The model '{Path.GetFileNameWithoutExtension(model)}' has no card: '{file}' does not exist.");
        return CardFile.Read<FittedCard>(File.ReadAllText(file), file, Format, "card of a fitted model");
    }

    /// <summary>The measured mean bits of each whole step.</summary>
    /// <returns>Bits from step 0 on.</returns>
    /// <exception cref="InvalidModelException">The card lacks them.</exception>
    public IReadOnlyList<double> MeanBits()
    {
        var bits = new List<double>();
        while (Figures.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"step-{bits.Count}-bits"), out var mean))
            bits.Add(mean);
        return bits.Count > 1 ? bits : throw new InvalidModelException($"The card of the model '{Name}' has no figures of its steps.");
    }

    /// <summary>The card as indented JSON.</summary>
    /// <returns>The text.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, Format) + "\n";
}
