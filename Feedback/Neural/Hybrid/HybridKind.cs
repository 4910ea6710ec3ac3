using Feedback.Fitting;
using Feedback.Neural.Latents;
using static TorchSharp.torch;

namespace Feedback.Neural.Hybrid;

/// <summary>The hybrid codec as training and model files see it.</summary>
/// <param name="Architecture">Its size.</param>
internal sealed record HybridKind(HybridArchitecture Architecture) : IFramedKind
{
    /// <inheritdoc/>
    public nn.Module Build() => new HybridNetwork(Architecture);

    /// <inheritdoc/>
    public FittedTables Fit(nn.Module network, FittedTables tables, Tensor crops) => new HybridCodec((HybridNetwork)network).Fit(tables, crops);

    /// <inheritdoc/>
    public INetworkModel Assemble(nn.Module network, FittedTables tables)
    {
        var codec = new HybridCodec((HybridNetwork)network);
        return new LatentModel((HybridNetwork)network, tables, codec, codec);
    }
}
