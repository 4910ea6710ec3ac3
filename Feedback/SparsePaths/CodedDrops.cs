using Feedback.Fitting;
using Feedback.Quantization;

namespace Feedback.SparsePaths;

/// <summary>The paths that the encoder finds in drops: what probabilities are learned from. Each drop is coded at one step, all steps in turn.</summary>
internal sealed class CodedDrops
{
    private readonly PathDictionary dictionary;
    private readonly SparsePathsTables? tables;
    private readonly CropPhases phases;

    /// <summary>Prepares.</summary>
    /// <param name="dictionary">What paths look like.</param>
    /// <param name="tables">What they cost; null while there is nothing to say so, when all cost the same.</param>
    public CodedDrops(PathDictionary dictionary, SparsePathsTables? tables)
    {
        (this.dictionary, this.tables) = (dictionary, tables);
        phases = new CropPhases(dictionary);
    }

    /// <summary>Step and paths of each report.</summary>
    public List<(int Step, IReadOnlyList<CodedPath> Paths)> Reports { get; } = [];

    /// <summary>Ring and magnitude along the point sent, in units of the step, of every component of every path.</summary>
    public List<(int Ring, double Magnitude)> Seen { get; } = [];

    /// <summary>Delays of first paths [cells].</summary>
    public List<double> FirstDelays { get; } = [];

    /// <summary>Codes drops.</summary>
    public void Add(ReportFrame frame, FitDrops drops, int most)
    {
        var drop = 0;
        foreach (var portion in drops.Framed(frame, most))
        {
            for (var n = 0; n < portion.Count; n++, drop++)
            {
                if (portion.Scales[n] != ReportFrame.Silent)
                    Add(drop % SparsePathsTables.Steps, portion.Crop(n));
            }
        }
    }

    /// <summary>The paths of the reports at each step.</summary>
    public IReadOnlyList<List<IReadOnlyList<CodedPath>>> BySteps() =>
        [.. Enumerable.Range(0, SparsePathsTables.Steps).Select(step => Reports.Where(report => report.Step == step).Select(report => report.Paths).ToList())];

    private void Add(int step, ReadOnlySpan<float> crop)
    {
        var polar = tables?.Polar ?? new PolarQuantizer(PolarQuantizer.PlainRadii);
        using var model = tables?.Model(step, dictionary.Channels / 2);
        var encoder = new PathEncoder(dictionary, model, polar, tables?.Start ?? Trellis.Start, phases.Turn(crop), SparsePathsTables.Width(step), noise: 0);
        Reports.Add((step, encoder.Run(PathModel.MostPaths)));
        Seen.AddRange(encoder.Seen);
        if (encoder.FirstDelay is { } delay)
            FirstDelays.Add(delay);
    }
}
