using System.Globalization;
using Feedback.Fitting;
using Feedback.Models;
using Simulator;
using static TorchSharp.torch;

namespace Feedback.Neural.Codewords;

/// <summary>An autoencoder with the quantiser of its codeword; shared by all schemes that use it.</summary>
public sealed class CodewordModel : INetworkModel
{
    /// <summary>Puts a model together.</summary>
    /// <param name="network">The network; taken over.</param>
    /// <param name="tables">The tables of the quantiser.</param>
    /// <param name="build">Builds a network of the same size.</param>
    public CodewordModel(CodewordNetwork network, FittedTables tables, Func<CodewordNetwork> build)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(tables);
        Network = network;
        Tables = tables;
        Codec = new CropCodec(network, CodewordQuantizer.From(tables), build);
    }

    /// <summary>The network.</summary>
    public CodewordNetwork Network { get; }

    /// <inheritdoc/>
    public FittedTables Tables { get; }

    /// <summary>Crops to bits and back.</summary>
    public CropCodec Codec { get; }

    nn.Module INetworkModel.Network => Network;

    /// <inheritdoc/>
    public IReadOnlyList<(string Point, ITrainableFeedbackScheme Scheme)> Schemes(CsiDimensions dimensions) =>
    [
        .. Enumerable.Range(CodewordQuantizer.MinimumBits, CodewordQuantizer.MaximumBits - CodewordQuantizer.MinimumBits + 1).Select(bits =>
            (string.Create(CultureInfo.InvariantCulture, $"{bits}-bits"), (ITrainableFeedbackScheme)new CodewordFeedback(dimensions, new() { Bits = bits }, this))),
    ];

    /// <summary>Refuses dimensions that the model was not made for.</summary>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <exception cref="InvalidModelException">The model is for other dimensions.</exception>
    public void ThrowIfOtherThan(CsiDimensions dimensions) => NetworkDimensions.Check(Tables.Name, Network.Size.Antennas, Network.Size.Delays, dimensions);
}
