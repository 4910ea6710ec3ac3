using Feedback.Fitting;
using static TorchSharp.torch;

namespace Feedback.Neural.Latents;

/// <summary>A network whose latent values are coded arithmetically: everything but the network itself.</summary>
public sealed class LatentKind : IFramedKind
{
    private readonly Func<LatentNetwork> build;

    /// <summary>Takes the network.</summary>
    /// <param name="build">Builds it with arbitrary weights.</param>
    public LatentKind(Func<LatentNetwork> build) => this.build = build;

    /// <inheritdoc/>
    public nn.Module Build() => build();

    /// <inheritdoc/>
    public FittedTables Fit(nn.Module network, FittedTables tables, Tensor crops) => LatentCodec.Fit((LatentNetwork)network, build, tables, crops);

    /// <inheritdoc/>
    public INetworkModel Assemble(nn.Module network, FittedTables tables)
    {
        var codec = new LatentCodec((LatentNetwork)network, tables, build);
        return new LatentModel((LatentNetwork)network, tables, codec, codec);
    }
}
