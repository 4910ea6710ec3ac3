using Feedback.Fitting;
using Simulator;
using static TorchSharp.torch;

namespace Feedback.Neural;

/// <summary>A network with the tables that turn its values into bits; shared by all schemes that use it.</summary>
public interface INetworkModel
{
    /// <summary>The network.</summary>
    nn.Module Network { get; }

    /// <summary>The tables.</summary>
    FittedTables Tables { get; }

    /// <summary>The scheme at each of its operating points.</summary>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <returns>The schemes by the names that their figures have on the card, e.g. <c>4-bits</c>; at least one.</returns>
    /// <exception cref="Models.InvalidModelException">The model is for other dimensions.</exception>
    IReadOnlyList<(string Point, ITrainableFeedbackScheme Scheme)> Schemes(CsiDimensions dimensions);
}
