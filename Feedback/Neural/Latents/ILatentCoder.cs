using Feedback.Coding;

namespace Feedback.Neural.Latents;

/// <summary>Latent values of a crop to bits and back.</summary>
/// <remarks>What decides how bits are read is whole numbers, or plain arithmetic whose result does not depend on the batch, on threads or on the machine.</remarks>
public interface ILatentCoder
{
    /// <summary>Numbers that <see cref="Read"/> leaves of a crop for <see cref="ILatentTransform.Synthesise"/>.</summary>
    int Values { get; }

    /// <summary>Codes a crop.</summary>
    /// <param name="target">Where its symbols go.</param>
    /// <param name="latents">What <see cref="ILatentTransform.Analyse"/> gave.</param>
    /// <param name="step">The rate.</param>
    void Write(ISymbolWriter target, double[] latents, double step);

    /// <summary>Decodes a crop.</summary>
    /// <param name="source">Where its symbols come from.</param>
    /// <param name="step">The rate.</param>
    /// <param name="latents">Receives <see cref="Values"/> numbers.</param>
    /// <exception cref="Simulator.InvalidMessageException">No encoder can have sent this.</exception>
    void Read(ArithmeticDecoder source, double step, Span<double> latents);
}
