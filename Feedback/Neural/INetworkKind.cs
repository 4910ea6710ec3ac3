using Feedback.Fitting;
using static TorchSharp.torch;

namespace Feedback.Neural;

/// <summary>One kind of network at one size: what training, model files and schemes must know of a plug-in.</summary>
public interface INetworkKind
{
    /// <summary>Builds the network.</summary>
    /// <returns>A network of arbitrary weights.</returns>
    nn.Module Build();

    /// <summary>Learns what turns the network's values into bits; done once training has ended.</summary>
    /// <param name="network">The trained network.</param>
    /// <param name="tables">Tables to which the network's own are added.</param>
    /// <param name="crops">Training crops u of unit mean square, float32 <c>[n, D, A, 2]</c>.</param>
    /// <returns>All tables.</returns>
    FittedTables Fit(nn.Module network, FittedTables tables, Tensor crops);

    /// <summary>Puts a model together.</summary>
    /// <param name="network">The network; taken over.</param>
    /// <param name="tables">What <see cref="Fit"/> gave.</param>
    /// <returns>The model.</returns>
    /// <exception cref="Models.InvalidModelException">The tables are not those of this network.</exception>
    INetworkModel Assemble(nn.Module network, FittedTables tables);
}
