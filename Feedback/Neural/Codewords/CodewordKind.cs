using Feedback.Fitting;
using static TorchSharp.torch;

namespace Feedback.Neural.Codewords;

/// <summary>An autoencoder whose codeword is quantised value by value: everything but the network itself.</summary>
public sealed class CodewordKind : INetworkKind
{
    private readonly Func<CodewordNetwork> build;

    /// <summary>Takes the network.</summary>
    /// <param name="build">Builds it with arbitrary weights.</param>
    public CodewordKind(Func<CodewordNetwork> build) => this.build = build;

    /// <inheritdoc/>
    public nn.Module Build() => build();

    /// <inheritdoc/>
    public FittedTables Fit(nn.Module network, FittedTables tables, Tensor crops)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(crops);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var trained = (CodewordNetwork)network;
        var codewords = cat([.. crops.split(500, 0).Select(trained.Compress)], 0).to(ScalarType.Float64);
        var sensitivities = trained.BaseDense.weight.square().sum(0, type: ScalarType.Float64).data<double>().ToArray();
        return CodewordQuantizer.Fit(codewords, sensitivities).AddTo(new FittedTables(tables.Name));
    }

    /// <inheritdoc/>
    public INetworkModel Assemble(nn.Module network, FittedTables tables) => new CodewordModel((CodewordNetwork)network, tables, build);
}
