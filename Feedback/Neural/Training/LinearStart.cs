using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Feedback.Neural.Training;

/// <summary>The dense layers of the best linear codec.</summary>
/// <remarks>
/// The terminal keeps the M strongest eigenvectors of the covariance of its features; the base station's dense layer is fitted to what is left of them. Only a network
/// whose terminal can be linear starts exactly at the Karhunen-Loève transform.
/// </remarks>
internal static class LinearStart
{
    /// <summary>
    /// Replaces the weights of a terminal's dense layer by the strongest principal components of what it sees, <c>[n, V]</c>. With mixing above 1 each value is a random
    /// sum of mixing·M components: worse for a linear base station, but sparse channels can be told apart again by one that is not. So it is if all values are to be alike.
    /// </summary>
    public static void FitTerminal(Linear layer, Tensor features, Generator random, int mixing, bool alike = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mixing, 1);
        using var scope = NewDisposeScope();
        var mean = features.mean([0], keepdim: true);
        var centred = features - mean;
        var covariance = centred.t().matmul(centred) / features.shape[0];           // [V, V]
        var (_, vectors) = linalg.eigh(covariance);
        var codeword = layer.weight.shape[0];
        var count = Math.Min(mixing * codeword, vectors.shape[1]);
        var basis = vectors.narrow(1, vectors.shape[1] - count, count).t();         // [mixing·M, V]
        if (count > codeword || alike)
        {
            var mixture = randn([codeword, count], dtype: ScalarType.Float64, generator: random) / Math.Sqrt(count);
            basis = mixture.to(ScalarType.Float32).to(basis.device).matmul(basis);  // [M, V]
        }
        layer.weight.copy_(basis);
        layer.bias!.copy_(-basis.matmul(mean.t()).flatten());
    }

    /// <summary>Replaces the weights of a base station's dense layer by least squares from codewords <c>[n, M]</c> to what it is to give, <c>[n, V]</c>.</summary>
    public static void FitBase(Linear layer, Tensor codewords, Tensor target)
    {
        using var scope = NewDisposeScope();
        var (centre, mean) = (codewords.mean([0], keepdim: true), target.mean([0], keepdim: true));
        var (inputs, outputs) = (codewords - centre, target - mean);
        var gram = inputs.t().matmul(inputs).to(ScalarType.Float64) / inputs.shape[0];
        var cross = inputs.t().matmul(outputs).to(ScalarType.Float64) / inputs.shape[0];
        var ridge = 1e-6 * gram.diagonal().mean();
        var loaded = gram + ridge * eye(gram.shape[0], dtype: gram.dtype, device: gram.device);
        var solution = linalg.solve(loaded, cross).to(ScalarType.Float32);           // [M, V]
        layer.weight.copy_(solution.t());
        layer.bias!.copy_((mean - centre.matmul(solution)).flatten());
    }
}
