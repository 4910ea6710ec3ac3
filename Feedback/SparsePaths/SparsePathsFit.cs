using Feedback.Fitting;
using Simulator;

namespace Feedback.SparsePaths;

/// <summary>The scheme <c>sparse-paths</c>: probabilities of magnitudes, delays and directions of paths, learned from what the encoder finds in drops.</summary>
/// <remarks>What is worth its bits depends on the probabilities, so reports are coded twice: as if all paths cost the same, then under what that gave.</remarks>
public sealed class SparsePathsFit : IModelFit
{
    private const int Rounds = 2;

    /// <inheritdoc/>
    public IModelledScheme Scheme(CsiDimensions dimensions, FittedOptions options, FittedTables tables) => new SparsePathsFeedback(dimensions, options, tables);

    /// <inheritdoc/>
    public FittedTables Fit(FittedTables frame, FitDrops drops)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(drops);
        var framing = new ReportFrame(drops.Dimensions, frame);
        var dictionary = new PathDictionary(drops.Dimensions, framing.Delays);
        var phases = new CropPhases(dictionary);
        FittedTables? model = null;
        for (var round = 0; round < Rounds; round++)
        {
            var tables = model is null ? null : SparsePathsTables.Of(model);
            var polar = tables?.Polar ?? new PolarQuantizer(PolarQuantizer.PlainRadii);
            var reports = Enumerable.Range(0, SparsePathsTables.Steps).Select(_ => new List<IReadOnlyList<CodedPath>>()).ToList();
            var seen = new List<(int, double)>();
            var drop = 0;
            foreach (var portion in drops.Framed(framing))
            {
                for (var n = 0; n < portion.Count; n++, drop++)
                {
                    // Each drop is coded at one step, all steps in turn.
                    var step = drop % SparsePathsTables.Steps;
                    if (portion.Scales[n] == ReportFrame.Silent)
                        continue;
                    var costs = tables?.Model(step, dictionary.Channels / 2);
                    var encoder = new PathEncoder(
                        dictionary, costs, polar, phases.Turn(portion.Crop(n)), SparsePathsTables.Width(step), noise: 0);
                    reports[step].Add(encoder.Run());
                    seen.AddRange(encoder.Seen);
                }
            }
            model = SparsePathsTables.Learn(frame, reports, MagnitudeFit.Radii(seen), dictionary);
        }
        return model!;
    }
}
