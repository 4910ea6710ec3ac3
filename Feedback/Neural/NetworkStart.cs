using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Feedback.Neural;

/// <summary>The weights with which training starts; all randomness comes from the generator that is handed in.</summary>
public static class NetworkStart
{
    /// <summary>Glorot-uniform kernels and dense layers, no offsets, gains of one, and measured statistics.</summary>
    /// <param name="network">The network; its weights are replaced.</param>
    /// <param name="crops">Training crops u of unit mean square, float32 <c>[n, D, A, 2]</c>.</param>
    /// <param name="random">The source of randomness.</param>
    public static void Random(CsiNetNetwork network, Tensor crops, Generator random)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var (name, parameter) in network.named_parameters())
        {
            if (parameter.dim() > 1)
                Glorot(parameter, random);
            else
                parameter.fill_(name.EndsWith("normalisation.weight", StringComparison.Ordinal) ? 1 : 0);
        }
        network.Calibrate(crops);
    }

    /// <summary>The best linear codec as a start: dense layers from principal components, refinement at first the identity.</summary>
    /// <remarks>
    /// The terminal keeps the M strongest eigenvectors of the covariance of its features; the base station's dense layer is their
    /// transpose. Only a network whose terminal is linear (slope 1) starts exactly at the Karhunen-Loève transform.
    /// </remarks>
    /// <param name="network">The network; its weights are replaced.</param>
    /// <param name="crops">Training crops u of unit mean square, float32 <c>[n, D, A, 2]</c>; n of several times 2DA is best.</param>
    /// <param name="random">The source of randomness for the refinement blocks and for mixing.</param>
    /// <param name="mixing">
    /// How many components share a codeword value, at least 1. With more than one, each value is a random sum of mixing·M components:
    /// worse for a linear base station, but sparse channels can be told apart again by one that is not.
    /// </param>
    public static void PrincipalComponents(CsiNetNetwork network, Tensor crops, Generator random, int mixing = 1)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(crops);
        ArgumentOutOfRangeException.ThrowIfLessThan(mixing, 1);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Random(network, crops.narrow(0, 0, Math.Min(crops.shape[0], 1000)), random);
        Identity(network.TerminalConvolution.Kernels);
        Identity(network.Output.weight);
        network.TerminalConvolution.Calibrate(crops.permute(0, 3, 1, 2));
        var features = network.Features(crops);                                     // [n, V]
        var mean = features.mean([0], keepdim: true);
        var centred = features - mean;
        var covariance = centred.t().matmul(centred) / crops.shape[0];              // [V, V]
        var (_, vectors) = linalg.eigh(covariance);
        var codeword = network.Architecture.Codeword;
        var count = Math.Min((long)mixing * codeword, vectors.shape[1]);
        var basis = vectors.narrow(1, vectors.shape[1] - count, count).t();         // [mixing·M, V]
        if (count > codeword)
        {
            var mixture = randn([codeword, count], dtype: ScalarType.Float64, generator: random) / Math.Sqrt(count);
            basis = mixture.to(ScalarType.Float32).to(basis.device).matmul(basis);  // [M, V]
        }
        network.TerminalDense.weight.copy_(basis);
        network.TerminalDense.bias!.copy_(-basis.matmul(mean.t()).flatten());
        FitBase(network, crops);
        foreach (var block in network.Refinements)
        {
            block.Layers[^1].Gain.zero_();
        }
        network.Calibrate(crops.narrow(0, 0, Math.Min(crops.shape[0], 1000)));
    }

    // Least squares from codewords to crops, so that scale and mean of the terminal's normalisation are undone.
    private static void FitBase(CsiNetNetwork network, Tensor crops)
    {
        using var scope = NewDisposeScope();
        var codewords = network.Compress(crops);                                    // [n, M]
        var target = crops.flatten(1);                                              // [n, V]
        var gram = codewords.t().matmul(codewords).to(ScalarType.Float64) / crops.shape[0];
        var cross = codewords.t().matmul(target).to(ScalarType.Float64) / crops.shape[0];
        var ridge = 1e-6 * gram.diagonal().mean();
        var loaded = gram + ridge * eye(gram.shape[0], dtype: gram.dtype, device: gram.device);
        var solution = linalg.solve(loaded, cross);                                 // [M, V]
        network.BaseDense.weight.copy_(solution.t());
        network.BaseDense.bias!.copy_(target.mean([0]));
    }

    private static void Identity(Parameter kernels)
    {
        using var scope = NewDisposeScope();
        kernels.zero_();
        kernels.select(3, 1).select(2, 1).copy_(eye(kernels.shape[0], dtype: kernels.dtype, device: kernels.device));
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
