using System.Globalization;
using Feedback.Fitting;
using Simulator;
using static TorchSharp.torch;

namespace Feedback.Neural.Latents;

/// <summary>A network with the probabilities of its symbols; shared by all schemes that use it.</summary>
public sealed class LatentModel : INetworkModel, ICardFigures
{
    /// <summary>Puts a model together.</summary>
    /// <param name="network">The network; taken over.</param>
    /// <param name="tables">The tables.</param>
    /// <param name="transform">Crops to latent values and back by that network.</param>
    /// <param name="coder">Latent values to bits and back.</param>
    public LatentModel(CodedNetwork network, FittedTables tables, ILatentTransform transform, ILatentCoder coder)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentNullException.ThrowIfNull(coder);
        (Network, Tables, Transform, Coder) = (network, tables, transform, coder);
    }

    /// <summary>The network.</summary>
    public CodedNetwork Network { get; }

    /// <inheritdoc/>
    public FittedTables Tables { get; }

    /// <summary>Crops to latent values and back.</summary>
    public ILatentTransform Transform { get; }

    /// <summary>Latent values to bits and back.</summary>
    public ILatentCoder Coder { get; }

    nn.Module INetworkModel.Network => Network;

    /// <inheritdoc/>
    public IReadOnlyList<(string Point, ITrainableFeedbackScheme Scheme)> Schemes(CsiDimensions dimensions) =>
    [
        .. Enumerable.Range(0, Network.Steps).Select(step =>
            (string.Create(CultureInfo.InvariantCulture, $"step-{step}"), (ITrainableFeedbackScheme)new LatentFeedback(dimensions, new() { Step = step }, this))),
    ];

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Figures(Tensor crops) => (Coder as ICardFigures)?.Figures(crops) ?? [];
}
