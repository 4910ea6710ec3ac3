namespace Feedback.Neural.Latents;

/// <summary>Turns the latent values of a crop into whole numbers and back, in plain C# and double precision.</summary>
public interface ILatentQuantizer
{
    /// <summary>The class of each symbol, 0 … n-1; symbols of a class share their probabilities.</summary>
    IReadOnlyList<int> Classes { get; }

    /// <summary>Terminal side.</summary>
    /// <param name="latents">The values of a crop.</param>
    /// <param name="step">The rate, 0 … steps-1.</param>
    /// <param name="symbols">Receives as many symbols as there are classes given.</param>
    void Quantise(ReadOnlySpan<double> latents, double step, Span<int> symbols);

    /// <summary>Base-station side.</summary>
    /// <param name="symbols">Symbols, whatever they are.</param>
    /// <param name="step">What <see cref="Quantise"/> was given.</param>
    /// <param name="latents">Receives finite values.</param>
    void Dequantise(ReadOnlySpan<int> symbols, double step, Span<double> latents);
}
