using Experiments.Configuration;
using Experiments.Reporting;

namespace Experiments.Comparing;

/// <summary>Finds the curves that can be compared: only points of one scenario, number of users, precoder, SNR and estimator meet.</summary>
/// <param name="qualities">What is compared, at least one.</param>
public sealed class CurveComparer(IReadOnlyList<ComparedQuality> qualities)
{
    /// <summary>All schemes of an experiment against one of them.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="reference">The label of the reference; null for the default.</param>
    /// <returns>Group by group and quality by quality, the schemes in the order of the results.</returns>
    public IReadOnlyList<CurveComparison> Schemes(ComparedExperiment experiment, string? reference)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        var label = reference ?? experiment.DefaultReference;
        return
        [
            .. from points in Groups(experiment)
               let own = points.FindAll(point => point.Scheme == label)
               from quality in qualities
               from scheme in points.Where(point => point.Scheme != label).GroupBy(point => point.Scheme)
               where scheme.Any(point => Shows(quality, point))
               select CurveComparison.Of(experiment.Name, quality, label, own, [.. scheme]),
        ];
    }

    /// <summary>The schemes of a folder against those of the same label in another.</summary>
    /// <param name="referenceFolder">What the first folder is called.</param>
    /// <param name="reference">Its experiments.</param>
    /// <param name="experiments">The other folder's experiments; where either has several, only those of the same name meet.</param>
    /// <returns>Experiment by experiment, group by group and quality by quality.</returns>
    public IReadOnlyList<CurveComparison> Folders(
        string referenceFolder, IReadOnlyList<ComparedExperiment> reference, IReadOnlyList<ComparedExperiment> experiments)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(experiments);
        var alone = reference.Count == 1 && experiments.Count == 1;
        return
        [
            .. from experiment in experiments
               from other in reference.Where(other => alone || other.Name == experiment.Name)
               from points in Groups(experiment)
               from quality in qualities
               from scheme in points.GroupBy(point => point.Scheme)
               let own = other.Points.Where(point => FigureGroup.Of(point) == FigureGroup.Of(points[0]) && point.Scheme == scheme.Key).ToList()
               where own.Exists(point => Shows(quality, point)) && scheme.Any(point => Shows(quality, point))
               select CurveComparison.Of(experiment.Name, quality, referenceFolder, own, [.. scheme]),
        ];
    }

    /// <summary>The qualities of all schemes of an experiment at given bits.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="bits">Mean bits a report.</param>
    /// <returns>Group by group and quality by quality, the schemes in the order of the results.</returns>
    public IReadOnlyList<EqualBits> AtBits(ComparedExperiment experiment, IReadOnlyList<double> bits)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return
        [
            .. from points in Groups(experiment)
               from quality in qualities
               from scheme in points.GroupBy(point => point.Scheme)
               where scheme.Any(point => Shows(quality, point))
               select EqualBits.Of(experiment.Name, quality, [.. scheme], bits),
        ];
    }

    /// <summary>Refuses a reference that no experiment has.</summary>
    /// <param name="reference">The label; null for the default.</param>
    /// <param name="experiments">All experiments.</param>
    /// <exception cref="BadInputException">With the nearest label.</exception>
    public static void Require(string? reference, IEnumerable<ComparedExperiment> experiments)
    {
        var labels = experiments.SelectMany(experiment => experiment.Schemes).Distinct().ToList();
        if (reference is not null && !labels.Contains(reference))
        {
            throw new BadInputException($"--reference {reference}: there is no such scheme in these results; {NearestName.Advise(reference, labels)}");
        }
    }

    private static IEnumerable<List<PointResult>> Groups(ComparedExperiment experiment) =>
        experiment.Points.Where(point => point.Error.Length == 0).GroupBy(FigureGroup.Of).Select(group => group.ToList());

    private static bool Shows(ComparedQuality quality, PointResult point) => double.IsFinite(quality.Value(point));
}
