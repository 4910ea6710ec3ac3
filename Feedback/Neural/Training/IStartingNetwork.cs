using static TorchSharp.torch;

namespace Feedback.Neural.Training;

/// <summary>A network that does something about the weights with which training starts.</summary>
public interface IStartingNetwork
{
    /// <summary>Measures what depends on the data, after weights were drawn.</summary>
    /// <param name="crops">Training crops u of unit mean square, float32 <c>[n, D, A, 2]</c>.</param>
    void Calibrate(Tensor crops);

    /// <summary>Replaces random weights by those of the best linear codec.</summary>
    /// <param name="crops">Training crops u of unit mean square, float32 <c>[n, D, A, 2]</c>.</param>
    /// <param name="random">The source of randomness.</param>
    /// <param name="mixing">How many principal components share a value of the codeword, at least 1.</param>
    void StartLinear(Tensor crops, Generator random, int mixing);
}
