using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Feedback.Models;
using Feedback.Neural.Training;

namespace Feedback.Neural;

/// <summary>What stands beside the weights of a model: how it was made and what it reaches.</summary>
public sealed record ModelCard
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Name of the model.</summary>
    public required string Name { get; init; }

    /// <summary>Catalogue name of the feedback scheme.</summary>
    public required string Scheme { get; init; }

    /// <summary>The network's size.</summary>
    public required JsonElement Architecture { get; init; }

    /// <summary>How it was trained.</summary>
    public required TrainingRecipe Recipe { get; init; }

    /// <summary>The resolved channel block of the recipe.</summary>
    public required JsonElement Channel { get; init; }

    /// <summary>Training steps done.</summary>
    public required long Steps { get; init; }

    /// <summary>Step whose weights these are: the best on the validation drops.</summary>
    public required long BestStep { get; init; }

    /// <summary>Different drops seen in training.</summary>
    public required long Drops { get; init; }

    /// <summary>What was reached: <c>nmse-crop</c> figures are 10 log10 of the mean error per drop [dB].</summary>
    public required IReadOnlyDictionary<string, double> Figures { get; init; }

    /// <summary>Number of trained parameters.</summary>
    public required long Parameters { get; init; }

    /// <summary>Multiply-accumulate operations of the terminal per report and receive antenna.</summary>
    public required long TerminalOperations { get; init; }

    /// <summary>Multiply-accumulate operations of the base station per report and receive antenna.</summary>
    public required long BaseStationOperations { get; init; }

    /// <summary>Seconds of training.</summary>
    public required double TrainingSeconds { get; init; }

    /// <summary>SHA-256 of the weights file, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Reads a card.</summary>
    /// <param name="json">The text of the file.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <returns>The card.</returns>
    /// <exception cref="InvalidModelException">It is no model card.</exception>
    public static ModelCard Parse(string json, string file) => CardFile.Read<ModelCard>(json, file, Format, "card of a network");

    /// <summary>A network's size as cards give it.</summary>
    /// <param name="architecture">The size.</param>
    /// <returns>All its numbers by name.</returns>
    public static JsonElement Describe(INetworkArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        return JsonSerializer.SerializeToElement(architecture, architecture.GetType(), Format);
    }

    /// <summary>The network's size as its plug-in has it.</summary>
    /// <param name="type">The type of the plug-in's options.</param>
    /// <returns>The size.</returns>
    /// <exception cref="InvalidModelException">The card gives another one.</exception>
    public INetworkArchitecture SizeOf(Type type)
    {
        try
        {
            return Architecture.Deserialize(type, Format) as INetworkArchitecture ?? throw new InvalidModelException($"The card of the model '{Name}' gives no size.");
        }
        catch (JsonException exception)
        {
            throw new InvalidModelException($"The card of the model '{Name}' gives no size of a {Scheme} network: {exception.Message}", exception);
        }
    }

    /// <summary>The card as indented JSON.</summary>
    /// <returns>The text.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, Format) + "\n";
}
