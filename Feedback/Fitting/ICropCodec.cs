using Feedback.Coding;

namespace Feedback.Fitting;

/// <summary>Codes the angular-delay crop of a report, finer with every step: that in which fitted codecs differ.</summary>
/// <remarks>
/// A crop is 2·D·R·A real values, angle fastest but for real and imaginary part, with a root mean square of about 1: relative to the
/// scale that <see cref="ReportFrame"/> sends. What is read depends on integers, or on float64 arithmetic in plain C#, only.
/// </remarks>
public interface ICropCodec
{
    /// <summary>Number of whole steps, each about 3 dB finer than the one before.</summary>
    int Steps { get; }

    /// <summary>Codes a crop.</summary>
    /// <param name="target">Where its symbols go.</param>
    /// <param name="crop">The values.</param>
    /// <param name="step">How finely, 0 … Steps-1; halves and anything else in between too.</param>
    void Write(ISymbolWriter target, ReadOnlySpan<float> crop, double step);

    /// <summary>Decodes a crop.</summary>
    /// <param name="source">Where its symbols come from.</param>
    /// <param name="crop">Receives every value.</param>
    /// <param name="step">What <see cref="Write"/> was given.</param>
    /// <exception cref="Simulator.InvalidMessageException">No encoder can have sent this.</exception>
    void Read(ArithmeticDecoder source, Span<float> crop, double step);
}
