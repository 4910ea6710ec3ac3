using System.Security.Cryptography;
using Feedback.Models;

namespace Feedback.Neural;

/// <summary>Reads models of networks, and lets schemes of the same weights share one network as long as one of them is in use.</summary>
/// <remarks>Models are told apart by the checksum of their weights, so a file that was replaced is a new model.</remarks>
public sealed class SharedModels
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, WeakReference<INetworkModel>> models = new(StringComparer.Ordinal);
    private readonly Func<ModelCard, INetworkKind> kindOf;

    /// <summary>Creates an empty store.</summary>
    /// <param name="kindOf">The network that a card describes.</param>
    public SharedModels(Func<ModelCard, INetworkKind> kindOf) => this.kindOf = kindOf;

    /// <summary>Reads a model from a file, or returns the one that was read from the same weights before.</summary>
    /// <typeparam name="TModel">What models of the scheme are.</typeparam>
    /// <param name="file">The path of the weights; the card stands beside them.</param>
    /// <param name="scheme">The scheme that the model must be for.</param>
    /// <returns>The model.</returns>
    /// <exception cref="InvalidModelException">The model is missing, damaged, altered or for another scheme.</exception>
    public TModel Load<TModel>(string file, string scheme)
        where TModel : class, INetworkModel
    {
        if (string.IsNullOrEmpty(file))
            throw new InvalidModelException($"No model is named; write the key 'model', e.g. 'model: {scheme}-indoor-4'.");
        if (!File.Exists(file))
            throw new InvalidModelException($"The model file '{file}' does not exist.");
        var card = ModelStore.ReadCard(file);
        if (card.Scheme != scheme)
            throw new InvalidModelException($"The model '{card.Name}' is for the scheme '{card.Scheme}'; permitted is {scheme}.");
        var content = File.ReadAllBytes(file);
        var checksum = Convert.ToHexStringLower(SHA256.HashData(content));
        if (checksum != card.Sha256)
            throw new InvalidModelException($"The weights of the model '{card.Name}' in '{file}' have the checksum {checksum}, but its card says {card.Sha256}; the file was altered or is incomplete.");
        return Share(checksum, () => NetworkFile.Read(content, file, card, kindOf(card))) as TModel
            ?? throw new InvalidModelException($"The model '{card.Name}' is not one of the scheme '{scheme}'.");
    }

    private INetworkModel Share(string checksum, Func<INetworkModel> read)
    {
        lock (gate)
        {
            if (models.TryGetValue(checksum, out var reference) && reference.TryGetTarget(out var model))
                return model;
            model = read();
            models[checksum] = new WeakReference<INetworkModel>(model);
            return model;
        }
    }
}
