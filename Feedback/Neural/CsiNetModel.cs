using System.Globalization;
using Feedback.Models;
using Simulator;
using static TorchSharp.torch;

namespace Feedback.Neural;

/// <summary>A CsiNet network with the quantiser of its codeword; shared by all schemes that use it.</summary>
public sealed class CsiNetModel
{
    private const string NetworkPrefix = "network.";
    private const string Means = "quantizer.means";
    private const string Deviations = "quantizer.deviations";
    private const string Allocation = "quantizer.allocation";
    private const string Tables = "quantizer.tables";
    private readonly string name;

    /// <summary>Puts a model together.</summary>
    /// <param name="name">Its name for messages.</param>
    /// <param name="network">The network; taken over.</param>
    /// <param name="quantizer">The quantiser.</param>
    public CsiNetModel(string name, CsiNetNetwork network, CodewordQuantizer quantizer)
    {
        ArgumentNullException.ThrowIfNull(network);
        this.name = name;
        Network = network;
        Quantizer = quantizer;
        Codec = new CropCodec(network, quantizer);
    }

    /// <summary>The network.</summary>
    public CsiNetNetwork Network { get; }

    /// <summary>The quantiser.</summary>
    public CodewordQuantizer Quantizer { get; }

    /// <summary>Crops to bits and back.</summary>
    public CropCodec Codec { get; }

    /// <summary>A model of random weights, with a quantiser fitted to white crops.</summary>
    /// <param name="name">Its name for messages.</param>
    /// <param name="architecture">The network's size.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>The model; it compresses nothing well.</returns>
    public static CsiNetModel Untrained(string name, CsiNetArchitecture architecture, Generator random)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        using var scope = NewDisposeScope();
        var network = new CsiNetNetwork(architecture);
        var crops = randn([64, architecture.Delays, architecture.Antennas, 2], dtype: ScalarType.Float64, generator: random).to(ScalarType.Float32);
        NetworkStart.Random(network, crops, random);
        return new CsiNetModel(name, Keep(network), FitQuantizer(network, crops));
    }

    /// <summary>Fits the quantiser of a network.</summary>
    /// <param name="network">The trained network.</param>
    /// <param name="crops">Training crops u of unit mean square, float32 <c>[n, D, A, 2]</c>.</param>
    /// <returns>The quantiser.</returns>
    public static CodewordQuantizer FitQuantizer(CsiNetNetwork network, Tensor crops)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(crops);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var codewords = cat([.. crops.split(500, 0).Select(network.Compress)], 0).to(ScalarType.Float64);
        var sensitivities = network.BaseDense.weight.square().sum(0, type: ScalarType.Float64).data<double>().ToArray();
        return CodewordQuantizer.Fit(codewords, sensitivities);
    }

    /// <summary>Takes a model out of a file.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <param name="card">The model's card.</param>
    /// <returns>The model.</returns>
    /// <exception cref="InvalidModelException">The file does not hold what the card says.</exception>
    public static CsiNetModel Read(ReadOnlySpan<byte> content, string file, ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var stored = SafeTensorsFile.Read(content, file);
        try
        {
            var network = new CsiNetNetwork(card.Architecture);
            foreach (var (key, values) in network.state_dict())
            {
                values.copy_(Take(stored, NetworkPrefix + key, values.shape, file));
            }
            var codeword = card.Architecture.Codeword;
            var depths = CodewordQuantizer.MaximumBits - CodewordQuantizer.MinimumBits + 1;
            var quantizer = new CodewordQuantizer(
                Take(stored, Means, [codeword], file).data<float>().ToArray(),
                Take(stored, Deviations, [codeword], file).data<float>().ToArray(),
                Take(stored, Allocation, [depths, codeword], file).data<int>().ToArray(),
                new ScalarTables(Take(stored, Tables, [ScalarTables.Count], file).data<float>().ToArray()));
            return new CsiNetModel(card.Name, Keep(network), quantizer);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidModelException($"'{file}' is no CsiNet model: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the weights file.</summary>
    /// <param name="destination">Where; left open.</param>
    /// <param name="precision">How many bits a weight takes; the quantiser is always stored in full.</param>
    public void Write(Stream destination, WeightPrecision precision)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var stored = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (key, values) in Network.state_dict())
        {
            stored.Add(NetworkPrefix + key, precision == WeightPrecision.Half && values.dim() > 1 ? values.to(ScalarType.Float16) : values);
        }
        var (means, deviations, allocation, tables) = Quantizer.Parts();
        stored.Add(Means, tensor(means));
        stored.Add(Deviations, tensor(deviations));
        stored.Add(Allocation, tensor(allocation, [allocation.Length / means.Length, means.Length]));
        stored.Add(Tables, tensor(tables.Levels.ToArray()));
        SafeTensorsFile.Write(destination, stored);
    }

    /// <summary>Refuses dimensions that the model was not made for.</summary>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <exception cref="InvalidModelException">The model is for other dimensions.</exception>
    public void ThrowIfOtherThan(CsiDimensions dimensions)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        var architecture = Network.Architecture;
        if (dimensions.TransmitAntennas != architecture.Antennas)
        {
            throw new InvalidModelException(string.Create(CultureInfo.InvariantCulture,
                $"The model '{name}' is for {architecture.Antennas} transmit antennas; the scenario has {dimensions.TransmitAntennas}."));
        }
        if (dimensions.Subcarriers < architecture.Delays)
        {
            throw new InvalidModelException(string.Create(CultureInfo.InvariantCulture,
                $"The model '{name}' is for {architecture.Delays} delay rows and needs at least as many subcarriers; the scenario has {dimensions.Subcarriers}."));
        }
    }

    private static Tensor Take(Dictionary<string, Tensor> stored, string key, long[] shape, string file)
    {
        if (!stored.TryGetValue(key, out var values))
            throw new InvalidModelException($"'{file}' lacks the tensor '{key}'.");
        return values.shape.SequenceEqual(shape)
            ? values
            : throw new InvalidModelException($"The tensor '{key}' in '{file}' has the shape [{string.Join(", ", values.shape)}]; the card says [{string.Join(", ", shape)}].");
    }

    // Weights live as long as the model, whatever scope it was made in.
    private static CsiNetNetwork Keep(CsiNetNetwork network)
    {
        foreach (var values in network.parameters().Concat<Tensor>(network.buffers()))
        {
            values.DetachFromDisposeScope();
        }
        network.eval();
        return network;
    }
}
