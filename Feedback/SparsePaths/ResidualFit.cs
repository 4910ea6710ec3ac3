using Feedback.Fitting;

namespace Feedback.SparsePaths;

/// <summary>Learns the residual of a model of paths.</summary>
/// <remarks>
/// Which reports have a residual, and behind how many paths, depends on what it costs, and that on the residuals. So at each step all reports are first
/// taken to have one behind the same share of their paths, that of the shares tried which costs least; then each decides for itself, twice.
/// </remarks>
internal sealed class ResidualFit
{
    private const int Rounds = 2;
    private const int MostDrops = 4_000;

    // Each drop is coded at so many steps, as far apart as can be.
    private const int StepsOfADrop = 2;

    // A step where hardly any report has a residual learns from what all of them would have.
    private const int Fewest = 25;
    private static readonly double[] Shares = [0, 0.1, 0.25, 0.5];
    private readonly PathDictionary dictionary;
    private readonly CropPhases phases;
    private readonly SparsePathsTables tables;
    private readonly Func<double, PathModel> modelAt;
    private readonly List<ResidualSearch>[] searches = [.. Enumerable.Range(0, SparsePathsTables.Steps).Select(_ => new List<ResidualSearch>())];

    /// <summary>Prepares.</summary>
    /// <param name="dictionary">What paths look like.</param>
    /// <param name="tables">The tables of the paths.</param>
    /// <param name="modelAt">What paths cost at a step.</param>
    public ResidualFit(PathDictionary dictionary, SparsePathsTables tables, Func<double, PathModel> modelAt)
    {
        (this.dictionary, this.tables, this.modelAt) = (dictionary, tables, modelAt);
        phases = new CropPhases(dictionary);
    }

    /// <summary>Learns, and adds the residual to a model.</summary>
    public FittedTables Run(FittedTables model, ReportFrame frame, FitDrops drops)
    {
        Add(frame, drops);
        var (all, learned) = Start(model, frame, drops);
        for (var round = 0; round < Rounds; round++)
        {
            var residual = PathResidual.Of(learned, drops.Dimensions)!;
            List<float[]>[] chosen = [.. searches.Select(reports => reports.Select(report => report.Best(residual, noise: 0, int.MaxValue)?.Values).OfType<float[]>().ToList())];
            learned = PathResidual.Learn(
                model,
                [.. chosen.Zip(all, (found, start) => found.Count < Fewest ? [.. found, .. start] : found)],
                [.. chosen.Zip(searches, (found, reports) => (found.Count, reports.Count))],
                drops,
                frame.Delays);
        }
        return learned;
    }

    private (List<float[]>[] All, FittedTables Learned) Start(FittedTables model, ReportFrame frame, FitDrops drops)
    {
        var least = Enumerable.Repeat(double.PositiveInfinity, searches.Length).ToArray();
        var all = new List<float[]>[searches.Length];
        foreach (var share in Shares)
        {
            List<float[]>[] rest = [.. searches.Select(reports => reports.ConvertAll(report => report.Rest(share)))];
            var residual = PathResidual.Of(Learn(rest), drops.Dimensions)!;
            for (var step = 0; step < searches.Length; step++)
            {
                var cost = searches[step].Sum(report => report.Behind(residual, share).Cost);
                if (cost < least[step])
                    (least[step], all[step]) = (cost, rest[step]);
            }
        }
        return (all, Learn(all));

        FittedTables Learn(List<float[]>[] residuals) => PathResidual.Learn(model, residuals, [.. residuals.Select(list => (list.Count, list.Count))], drops, frame.Delays);
    }

    private void Add(ReportFrame frame, FitDrops drops)
    {
        const int apart = SparsePathsTables.Steps / StepsOfADrop;
        var drop = 0;
        foreach (var portion in drops.Framed(frame, MostDrops))
        {
            for (var n = 0; n < portion.Count; n++, drop++)
            {
                if (portion.Scales[n] == ReportFrame.Silent)
                    continue;
                var crop = phases.Turn(portion.Crop(n));
                for (var step = drop % apart; step < SparsePathsTables.Steps; step += apart)
                    Add(crop, step);
            }
        }
    }

    private void Add(double[] crop, int step)
    {
        using var model = modelAt(step);
        var encoder = new PathEncoder(dictionary, model, tables.Polar, tables.Start, crop, SparsePathsTables.Width(step), noise: 0);
        var paths = encoder.Run(PathModel.MostPaths);
        using var fresh = modelAt(step);
        searches[step].Add(new ResidualSearch(dictionary, phases, tables.Polar, fresh, crop, paths, step));
    }
}
