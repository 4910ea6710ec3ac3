using Feedback.Models;

namespace Feedback.Neural;

/// <summary>Lets schemes of the same weights share one network, as long as one of them is in use.</summary>
/// <remarks>Models are told apart by the checksum of their weights, so a file that was replaced is a new model.</remarks>
public sealed class SharedModels
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, WeakReference<CsiNetModel>> models = new(StringComparer.Ordinal);

    /// <summary>Reads a CsiNet model from a file, or returns the one that was read from the same weights before.</summary>
    /// <param name="file">The path of the weights; the card stands beside them.</param>
    /// <returns>The model.</returns>
    /// <exception cref="InvalidModelException">The model is missing, damaged or altered.</exception>
    public CsiNetModel Load(string file) => ModelStore.LoadFile(file, Share);

    private CsiNetModel Share(string checksum, Func<CsiNetModel> read)
    {
        lock (gate)
        {
            if (models.TryGetValue(checksum, out var reference) && reference.TryGetTarget(out var model))
                return model;
            model = read();
            models[checksum] = new WeakReference<CsiNetModel>(model);
            return model;
        }
    }
}
