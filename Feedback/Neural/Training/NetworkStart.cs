using Feedback.Fitting;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Feedback.Neural.Training;

/// <summary>The weights with which training starts; all randomness comes from the generator that is handed in.</summary>
public static class NetworkStart
{
    /// <summary>A model of random weights, with tables fitted to white crops.</summary>
    /// <param name="kind">The network.</param>
    /// <param name="architecture">Its size.</param>
    /// <param name="tables">Tables that every model of its name has, such as those of the frame.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>The model; it compresses nothing well.</returns>
    public static INetworkModel Untrained(INetworkKind kind, INetworkArchitecture architecture, FittedTables tables, Generator random)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(architecture);
        using var scope = NewDisposeScope();
        var network = kind.Build();
        var crops = randn([64, architecture.Delays, architecture.Antennas, 2], dtype: ScalarType.Float64, generator: random).to(ScalarType.Float32);
        Random(network, crops, random);
        NetworkFile.Keep(network);
        return kind.Assemble(network, kind.Fit(network, tables, crops));
    }

    /// <summary>Replaces all weights by those with which a recipe starts.</summary>
    /// <param name="network">The network.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="crops">Training crops u of unit mean square, float32 <c>[n, D, A, 2]</c>; n of several times 2DA is best.</param>
    /// <param name="random">The source of randomness.</param>
    public static void Apply(nn.Module network, TrainingRecipe recipe, Tensor crops, Generator random)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(crops);
        using var scope = NewDisposeScope();
        Random(network, crops.narrow(0, 0, Math.Min(crops.shape[0], 1000)), random);
        if (recipe.Start == StartingWeights.PrincipalComponents && network is IStartingNetwork start)
            start.StartLinear(crops, random, recipe.Mixing);
    }

    /// <summary>Glorot-uniform kernels and dense layers, no offsets, gains of one, and measured statistics.</summary>
    /// <param name="network">The network; its weights are replaced.</param>
    /// <param name="crops">Training crops u of unit mean square, float32 <c>[n, D, A, 2]</c>.</param>
    /// <param name="random">The source of randomness.</param>
    public static void Random(nn.Module network, Tensor crops, Generator random)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var (name, parameter) in network.named_parameters())
        {
            if (parameter.dim() > 1)
                Glorot(parameter, random);
            else
                parameter.fill_(name.EndsWith("ormalisation.weight", StringComparison.Ordinal) || name.EndsWith("ormalisation.gain", StringComparison.Ordinal) ? 1 : 0);
        }
        (network as IStartingNetwork)?.Calibrate(crops);
    }

    private static void Glorot(Parameter weights, Generator random)
    {
        using var scope = NewDisposeScope();
        var field = weights.shape[2..].Aggregate(1L, (product, side) => product * side);
        var bound = Math.Sqrt(6.0 / (field * (weights.shape[0] + weights.shape[1])));
        var count = Math.Max(weights.numel(), 16);
        var draws = rand([count], dtype: ScalarType.Float64, generator: random).narrow(0, 0, weights.numel());
        weights.copy_(((draws * 2 - 1) * bound).reshape(weights.shape));
    }
}
