using Feedback.Coding;

namespace Feedback.Fitting;

/// <summary>A report coded at one step in parts, those that explain most first, that may end after any of them.</summary>
/// <param name="Explained">The squared error that each part takes away.</param>
/// <param name="Write">Writes the first parts, so many of them.</param>
internal sealed record PartedReport(IReadOnlyList<double> Explained, Action<ISymbolWriter, int> Write);
