using Feedback.Fitting;
using Feedback.Quantization;
using Simulator;

namespace Feedback.SparsePaths;

/// <summary>The scheme <c>sparse-paths</c>: probabilities of magnitudes, delays and directions of paths, learned from what the encoder finds in drops.</summary>
/// <remarks>What is worth its bits depends on the probabilities, so reports are coded twice: as if all paths cost the same, then under what that gave.</remarks>
public sealed class SparsePathsFit : IModelFit
{
    private const int Rounds = 2;

    // More do not make it better.
    private const int MostDrops = 4_000;

    private readonly SparsePathsFitOptions options;

    /// <summary>Creates the fit.</summary>
    /// <param name="options">Whether there is a residual.</param>
    public SparsePathsFit(SparsePathsFitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
    }

    /// <inheritdoc/>
    public IModelledScheme Scheme(CsiDimensions dimensions, FittedOptions options, FittedTables tables) => new SparsePathsFeedback(dimensions, options, tables);

    /// <inheritdoc/>
    public FittedTables Fit(FittedTables frame, FitDrops drops)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(drops);
        var framing = new ReportFrame(drops.Dimensions, frame);
        var dictionary = new PathDictionary(drops.Dimensions, framing.Delays);
        (FittedTables? model, int? start) = (null, null);
        for (var round = 0; round < Rounds; round++)
        {
            var coded = new CodedDrops(dictionary, model is null ? null : SparsePathsTables.Of(model));
            coded.Add(framing, drops, MostDrops);
            start ??= Trellis.StartFor(coded.FirstDelays);
            model = SparsePathsTables.Learn(frame, coded.BySteps(), MagnitudeFit.Radii(coded.Seen), start.Value, dictionary);
        }
        if (!options.Residual)
            return model!;
        var tables = SparsePathsTables.Of(model!);
        return new ResidualFit(dictionary, tables, step => tables.Model(step, dictionary.Channels / 2)).Run(model!, framing, drops);
    }
}
