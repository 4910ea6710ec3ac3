using Feedback.Fitting;
using Feedback.Models;
using static TorchSharp.torch;

namespace Feedback.Neural;

/// <summary>The file of a trained model: its weights, and the tables that turn its values into bits.</summary>
public static class NetworkFile
{
    private const string NetworkPrefix = "network.";

    /// <summary>Writes a model.</summary>
    /// <param name="destination">Where; left open.</param>
    /// <param name="model">The model.</param>
    /// <param name="precision">How many bits a weight takes; tables are always stored in full.</param>
    public static void Write(Stream destination, INetworkModel model, WeightPrecision precision)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var stored = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (key, values) in model.Network.state_dict())
        {
            stored.Add(NetworkPrefix + key, precision == WeightPrecision.Half && values.dim() > 1 ? values.to(ScalarType.Float16) : values);
        }
        foreach (var (key, values) in model.Tables.ToTensors())
        {
            stored.Add(key, values);
        }
        SafeTensorsFile.Write(destination, stored);
    }

    /// <summary>Takes a model out of a file.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <param name="card">The model's card.</param>
    /// <param name="kind">The network that the card describes.</param>
    /// <returns>The model.</returns>
    /// <exception cref="InvalidModelException">The file does not hold what the card says.</exception>
    public static INetworkModel Read(ReadOnlySpan<byte> content, string file, ModelCard card, INetworkKind kind)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(kind);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var stored = SafeTensorsFile.Read(content, file);
        try
        {
            var network = kind.Build();
            foreach (var (key, values) in network.state_dict())
            {
                values.copy_(Take(stored, NetworkPrefix + key, values.shape, file));
            }
            Keep(network);
            var tables = stored.Where(pair => !pair.Key.StartsWith(NetworkPrefix, StringComparison.Ordinal));
            return kind.Assemble(network, FittedTables.FromTensors(card.Name, tables));
        }
        catch (ArgumentException exception)
        {
            throw new InvalidModelException($"'{file}' is no model of the scheme '{card.Scheme}': {exception.Message}", exception);
        }
    }

    /// <summary>Lets the weights live as long as the model, whatever scope it was made in.</summary>
    internal static void Keep(nn.Module network)
    {
        foreach (var values in network.parameters().Concat<Tensor>(network.buffers()))
            values.DetachFromDisposeScope();
        network.eval();
    }

    private static Tensor Take(Dictionary<string, Tensor> stored, string key, long[] shape, string file)
    {
        if (!stored.TryGetValue(key, out var values))
            throw new InvalidModelException($"'{file}' lacks the tensor '{key}'.");
        return values.shape.SequenceEqual(shape)
            ? values
            : throw new InvalidModelException($"The tensor '{key}' in '{file}' has the shape [{string.Join(", ", values.shape)}]; the card says [{string.Join(", ", shape)}].");
    }
}
