using static TorchSharp.torch;

namespace Feedback.Neural.Codewords;

/// <summary>The best linear codec as a start: dense layers from principal components, refinement at first the identity.</summary>
/// <remarks>
/// The terminal keeps the M strongest eigenvectors of the covariance of its features; the base station's dense layer is their
/// transpose. Only a network whose terminal can be linear starts exactly at the Karhunen-Loève transform.
/// </remarks>
internal static class LinearStart
{
    /// <summary>
    /// Replaces random weights. With mixing above 1 each value is a random sum of mixing·M components: worse for a linear base station, but
    /// sparse channels can be told apart again by one that is not.
    /// </summary>
    public static void Apply(CodewordNetwork network, Tensor crops, Generator random, int mixing)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(crops);
        ArgumentOutOfRangeException.ThrowIfLessThan(mixing, 1);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        network.PassTerminal(crops);
        var features = network.Features(crops);                                     // [n, V]
        var mean = features.mean([0], keepdim: true);
        var centred = features - mean;
        var covariance = centred.t().matmul(centred) / crops.shape[0];              // [V, V]
        var (_, vectors) = linalg.eigh(covariance);
        var codeword = network.Size.Codeword;
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
        network.PassRefinement();
        network.Calibrate(crops.narrow(0, 0, Math.Min(crops.shape[0], 1000)));
    }

    // Least squares from codewords to crops, so that scale and mean of the terminal's normalisation are undone.
    private static void FitBase(CodewordNetwork network, Tensor crops)
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
}
