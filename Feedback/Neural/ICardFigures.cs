using static TorchSharp.torch;

namespace Feedback.Neural;

/// <summary>A model that has figures of its own for its card.</summary>
public interface ICardFigures
{
    /// <summary>Measures them.</summary>
    /// <param name="crops">Test crops u of unit mean square, float32 <c>[n, D, A, 2]</c>.</param>
    /// <returns>Names and values.</returns>
    IEnumerable<(string Name, double Value)> Figures(Tensor crops);
}
