using Feedback.Fitting;
using Feedback.SparsePaths;
using Simulator;

namespace Feedback.SparseHybrid;

/// <summary>The scheme <c>sparse-hybrid</c>: the paths of <c>sparse-paths</c> under probabilities of an attention network that sees all earlier paths.</summary>
public sealed class SparseHybridFit : IModelFit
{
    private readonly SparseHybridFitOptions options;

    /// <summary>Creates the fit.</summary>
    /// <param name="options">How long it learns.</param>
    public SparseHybridFit(SparseHybridFitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Passes, 1, "passes");
        this.options = options;
    }

    /// <inheritdoc/>
    public IModelledScheme Scheme(CsiDimensions dimensions, FittedOptions options, FittedTables tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        return new SparsePathsFeedback(dimensions, options, tables, ModelOf(tables));
    }

    /// <inheritdoc/>
    public FittedTables Fit(FittedTables frame, FitDrops drops)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(drops);
        var framing = new ReportFrame(drops.Dimensions, frame);
        var dictionary = new PathDictionary(drops.Dimensions, framing.Delays);
        var counted = new SparsePathsFit(new()).Fit(frame, drops);
        var coded = new CodedDrops(dictionary, SparsePathsTables.Of(counted));
        coded.Add(framing, drops, int.MaxValue);
        var features = new PathFeatures(dictionary.Delays, dictionary.First, dictionary.Second);
        using var random = drops.GeneratorOf("weights");
        var networks = PathAttention.Random(features, random);
        IReadOnlyList<IReadOnlyList<CodedPath>> reports = [.. coded.Reports.Select(report => report.Paths)];
        MagnitudeLearning.Run(networks, coded.Reports, options.Passes, drops.Progress);
        var learning = new PlaceLearning(networks, options.Passes, reports.Sum(report => report.Count));
        var positions = new PositionFit(dictionary, PathAttention.Densities, PathAttention.Kernels).Run(reports, learning, options.Passes, drops.Progress);
        var model = PhaseTable.Learn(features, reports).AddTo(networks.AddTo(positions.AddTo(counted)));
        if (!options.Residual)
            return model;
        var (tables, modelOf) = (SparsePathsTables.Of(model), ModelOf(model));
        return new ResidualFit(dictionary, tables, step => modelOf(tables, dictionary.Channels / 2, step)).Run(model, framing, drops);
    }

    private static Func<SparsePathsTables, int, double, PathModel> ModelOf(FittedTables tables)
    {
        var (networks, phases) = (PathAttention.Of(tables), PhaseTable.Of(tables));
        return (paths, components, step) => paths.Model(new AttentionPrior(networks, phases, paths.First(step), step), components);
    }
}
