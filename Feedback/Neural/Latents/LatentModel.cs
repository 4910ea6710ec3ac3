using System.Globalization;
using Feedback.Fitting;
using Simulator;
using static TorchSharp.torch;

namespace Feedback.Neural.Latents;

/// <summary>A network with the probabilities of its symbols; shared by all schemes that use it.</summary>
public sealed class LatentModel : INetworkModel, ICardFigures
{
    private const int FigureCrops = 1_000;

    /// <summary>Puts a model together.</summary>
    /// <param name="network">The network; taken over.</param>
    /// <param name="tables">The tables.</param>
    /// <param name="build">Builds a network of the same size.</param>
    public LatentModel(LatentNetwork network, FittedTables tables, Func<LatentNetwork> build)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(tables);
        (Network, Tables) = (network, tables);
        Codec = new LatentCodec(network, tables, build);
    }

    /// <summary>The network.</summary>
    public LatentNetwork Network { get; }

    /// <inheritdoc/>
    public FittedTables Tables { get; }

    /// <summary>Crops to bits and back.</summary>
    public LatentCodec Codec { get; }

    nn.Module INetworkModel.Network => Network;

    /// <inheritdoc/>
    public IReadOnlyList<(string Point, ITrainableFeedbackScheme Scheme)> Schemes(CsiDimensions dimensions) =>
    [
        .. Enumerable.Range(0, Network.Steps).Select(step =>
            (string.Create(CultureInfo.InvariantCulture, $"step-{step}"), (ITrainableFeedbackScheme)new LatentFeedback(dimensions, new() { Step = step }, this))),
    ];

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Figures(Tensor crops)
    {
        ArgumentNullException.ThrowIfNull(crops);
        using var scope = NewDisposeScope();
        var first = Codec.Analyse(crops.narrow(0, 0, Math.Min(FigureCrops, crops.shape[0])));
        return [.. Network.Figures([.. first.Select(latents => Codec.Quantise(latents, 0))])];
    }
}
