using Feedback.Coding;
using Feedback.Fitting;
using Feedback.Quantization;
using Feedback.SparsePaths;

namespace Feedback.SparseHybrid;

/// <summary>Probabilities of the phase of a path beside that of the earlier path nearest to it.</summary>
/// <remarks>
/// A path that was fitted leaves nothing in phase with what it would gain by moving. What is found close to it afterwards therefore lies mostly at right angles to it,
/// and the closer the more so.
/// </remarks>
internal sealed class PhaseTable
{
    private const int Sectors = 24;
    private const int Classes = 12;
    private const double PerClass = 8;
    private const double Unseen = 20;
    private const uint Total = 1 << 16;
    private const string Key = "sparse-hybrid.phases";
    private readonly float[] shares;

    private PhaseTable(float[] shares) => this.shares = shares;

    /// <summary>Takes the table out of a model.</summary>
    public static PhaseTable Of(FittedTables model) => new(model.Reals(Key));

    /// <summary>Counts phases.</summary>
    public static PhaseTable Learn(PathFeatures features, IEnumerable<IReadOnlyList<CodedPath>> reports)
    {
        var counts = Enumerable.Repeat(Unseen / Sectors, Classes * Sectors).ToArray();
        foreach (var report in reports)
        {
            for (var k = 1; k < report.Count; k++)
            {
                var (nearest, squared) = features.Nearest(report, k, report[k]);
                for (var component = 0; component < report[k].Rings.Length; component++)
                {
                    if (Usable(report[nearest], squared, report[k], component) is not { } set)
                        continue;
                    var points = PolarQuantizer.Points(report[k].Rings[component]);
                    var place = Turn(report[nearest], component, (report[k].Phase(component) - 0.5) / points);
                    Spread(counts.AsSpan(set * Sectors, Sectors), place * Sectors, (double)Sectors / points);
                }
            }
        }
        var shares = new float[counts.Length];
        for (var i = 0; i < counts.Length; i += Sectors)
            PositionFit.Normalise(counts.AsSpan(i, Sectors), shares.AsSpan(i, Sectors), 0);
        return new PhaseTable(shares);
    }

    /// <summary>Adds the table to a model.</summary>
    public FittedTables AddTo(FittedTables model) => model.With(Key, shares, Classes, Sectors);

    /// <summary>Passes a phase.</summary>
    /// <param name="port">Where to or from.</param>
    /// <param name="nearest">The earlier path nearest to this one, if there is one.</param>
    /// <param name="squared">The square of its distance [bins²].</param>
    /// <param name="path">The path, its phase of no meaning where it is read.</param>
    /// <param name="component">Which component.</param>
    /// <param name="phase">The phase.</param>
    /// <returns>The phase.</returns>
    public int Pass(SymbolPort port, CodedPath? nearest, double squared, CodedPath path, int component, int phase)
    {
        var points = PolarQuantizer.Points(path.Rings[component]);
        // Finer rings than that are as good as alike in all directions, and would make long tables.
        if (nearest is null || points > Sectors * Sectors || Usable(nearest, squared, path, component) is not { } set)
            return port.PassUniform(points, phase);
        var (below, start) = (Below(set), Trellis.Shift(path.Before(component)) - 0.5);
        Span<uint> frequencies = stackalloc uint[points];
        for (var point = 0; point < points; point++)
        {
            var mass = Mass(below, Sectors * Turn(nearest, component, (point + start) / points), (double)Sectors / points);
            frequencies[point] = 1 + (uint)(mass * (Total - points));
        }
        return port.Pass(frequencies, phase);
    }

    private static int? Usable(CodedPath nearest, double squared, CodedPath path, int component) =>
        nearest.Rings[component] > 0 && path.Rings[component] > 0 && squared * PerClass < Classes ? (int)(squared * PerClass) : null;

    // A place on the circle relative to the nearest path's, 0 … 1.
    private static double Turn(CodedPath nearest, int component, double place)
    {
        var turned = place - nearest.Phase(component) / PolarQuantizer.Points(nearest.Rings[component]);
        return turned - Math.Floor(turned);
    }

    private static void Spread(Span<double> counts, double start, double width)
    {
        for (var sector = (int)start; sector < start + width; sector++)
            counts[sector % Sectors] += (Math.Min(sector + 1, start + width) - Math.Max(sector, start)) / width;
    }

    private static double Mass(double[] below, double start, double width)
    {
        var end = start + width;
        return end <= Sectors ? At(below, end) - At(below, start) : 1 - At(below, start) + At(below, end - Sectors);
    }

    private static double At(double[] below, double place)
    {
        var sector = Math.Min((int)place, Sectors - 1);
        return below[sector] + (place - sector) * (below[sector + 1] - below[sector]);
    }

    private double[] Below(int set)
    {
        var below = new double[Sectors + 1];
        for (var sector = 0; sector < Sectors; sector++)
            below[sector + 1] = below[sector] + shares[set * Sectors + sector];
        return below;
    }
}
